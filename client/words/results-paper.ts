import { paper as en } from "./en/results-paper.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** The words of the panel “For a paper”, in the browser's language if there is a dictionary of it. */
export const words = wordsFor<Dictionary["paper"]>({ en });
