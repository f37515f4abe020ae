import { refused as en } from "./en/results-refused.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** Why there are no results to show, in the browser's language if there is a dictionary of it. */
export const says = wordsFor<Dictionary["refused"]>({ en });
