import { dashboard as en } from "./en/dashboard.ts";
import { type Dictionary, wordsFor } from "./index.ts";

/** The words of the dashboard, in the browser's language if there is a dictionary of it. */
export const words = wordsFor<Dictionary["dashboard"]>({ en });
