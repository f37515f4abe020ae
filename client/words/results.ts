import { results as en } from "./en/results.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** The words of the results page itself, in the browser's language if there is a dictionary of it. */
export const words = wordsFor<Dictionary["results"]>({ en });
