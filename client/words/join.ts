import { wordsSpoken } from "./annotator.ts";
import { join as ar } from "./ar/join.ts";
import { join as en } from "./en/join.ts";
import type { Dictionary } from "./index.ts";
import { join as zh } from "./zh/join.ts";

/** The words of the page that an open link leads to. */
export const words = wordsSpoken<Dictionary["join"]>({ en, zh, ar });
