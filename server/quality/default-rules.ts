import type { Rule } from "../contract/quality.ts";

/**
 * The rules of `study rules set STUDY default`: they warn before they pause, and none proposes an end. How many honest
 * people they pause, and what they save, is simulated in scripts/simulate-quality.ts.
 */
export const DEFAULT_RULES: readonly Rule[] = [
  { signal: "attention", threshold: 0.5, after: 2, then: "warn" },
  { signal: "attention", threshold: 0.5, after: 3, then: "pause", cap: 20 },
  { signal: "gold", threshold: 0.6, after: 4, then: "warn" },
  { signal: "gold", threshold: 0.5, after: 6, then: "pause", cap: 20 },
  { signal: "repeats", threshold: 0.4, after: 5, then: "note" },
  { signal: "speed", threshold: 1500, after: 8, then: "warn" },
  { signal: "speed", threshold: 3000, after: 12, then: "pause", cap: 20 },
  { signal: "straight", threshold: 12, after: 12, then: "note" },
];
