/** Fewer than these do not decide by a rule: judgments whose time is known, and decisive ones whose side is known. */
export const LEAST = { timed: 5, decisive: 10 } as const;
