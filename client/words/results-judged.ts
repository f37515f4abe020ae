import { judged as en } from "./en/results-judged.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** The words of the judgments behind a figure, in the browser's language if there is a dictionary of it. */
export const words = wordsFor<Dictionary["judged"]>({ en });
