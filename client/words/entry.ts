import { entry as en } from "./en/entry.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** The words of what comes before the first pair, in the browser's language if there is a dictionary of it. */
export const words = wordsFor<Dictionary["entry"]>({ en });
