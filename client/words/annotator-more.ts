import { more as en } from "./en/annotator-more.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** The words of what the annotator's page has in some studies, in the browser's language if there is a dictionary of it. */
export const words = wordsFor<Dictionary["more"]>({ en });
