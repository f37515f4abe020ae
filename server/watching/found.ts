import type { Finding } from "../contract/watching.ts";

/** What is wrong in one study. */
export type Found = Omit<Finding, "study">;
