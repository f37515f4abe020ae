import { quality as en } from "./en/annotator-quality.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** The words about how somebody works, which come only when they are needed. */
export const words = wordsFor<Dictionary["quality"]>({ en });
