import { plan as en } from "./en/plan.ts";
import { plan as zh } from "./zh/plan.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** The words of the planning page, in the browser's language if there is a dictionary of it. */
export const words = wordsFor<Dictionary["plan"]>({ en, zh });
