import { wordsSpoken } from "./annotator.ts";
import { entry as ar } from "./ar/entry.ts";
import { entry as en } from "./en/entry.ts";
import type { Dictionary } from "./index.ts";
import { entry as zh } from "./zh/entry.ts";

/** The words of what comes before the first pair. */
export const words = wordsSpoken<Dictionary["entry"]>({ en, zh, ar });
