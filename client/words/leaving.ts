import { wordsSpoken } from "./annotator.ts";
import { leaving as ar } from "./ar/leaving.ts";
import { leaving as en } from "./en/leaving.ts";
import type { Dictionary } from "./index.ts";
import { leaving as zh } from "./zh/leaving.ts";

/** The words of leaving. */
export const words = wordsSpoken<Dictionary["leaving"]>({ en, zh, ar });
