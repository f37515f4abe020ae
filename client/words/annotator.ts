import { annotator as en } from "./en/annotator.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** The words of the annotator's page, in the browser's language if there is a dictionary of it. */
export const words = wordsFor<Dictionary["annotator"]>({ en });
