import { wordsSpoken } from "./annotator.ts";
import { pace as ar } from "./ar/annotator-pace.ts";
import { pace as en } from "./en/annotator-pace.ts";
import type { Dictionary } from "./index.ts";
import { pace as zh } from "./zh/annotator-pace.ts";

/** The words about the time that the work takes. */
export const words = wordsSpoken<Dictionary["pace"]>({ en, zh, ar });
