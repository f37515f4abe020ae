import { beside as en } from "./en/results-beside.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** The words of two studies side by side, in the browser's language if there is a dictionary of it. */
export const says = wordsFor<Dictionary["beside"]>({ en });
