import type { Report } from "./report.ts";

/** Whether every planned judgment is there, of those that count. */
export const isComplete = ({ wanted, judged }: Report["slots"]): boolean => wanted > 0 && judged >= wanted;
