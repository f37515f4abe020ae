import { wordsSpoken } from "./annotator.ts";
import { quality as ar } from "./ar/annotator-quality.ts";
import { quality as en } from "./en/annotator-quality.ts";
import type { Dictionary } from "./index.ts";
import { quality as zh } from "./zh/annotator-quality.ts";

/** The words about how somebody works, which come only when they are needed. */
export const words = wordsSpoken<Dictionary["quality"]>({ en, zh, ar });
