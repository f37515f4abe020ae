import { wordsSpoken } from "./annotator.ts";
import { more as ar } from "./ar/annotator-more.ts";
import { more as en } from "./en/annotator-more.ts";
import type { Dictionary } from "./index.ts";
import { more as zh } from "./zh/annotator-more.ts";

/** The words of what the annotator's page has in some studies. */
export const words = wordsSpoken<Dictionary["more"]>({ en, zh, ar });
