import { leaving as en } from "./en/leaving.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** The words of leaving, in the browser's language if there is a dictionary of it. */
export const words = wordsFor<Dictionary["leaving"]>({ en });
