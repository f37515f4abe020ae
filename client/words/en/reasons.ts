import type { SkipReason } from "../../../server/contract/words.ts";

/** The reasons for skipping a pair, as researchers and readers see them. */
export const reasons = {
  language: "Unknown language",
  unreadable: "Broken or unreadable",
  missing: "Picture or attachment missing",
  offensive: "Offensive",
  other: "Another reason",
} satisfies Record<SkipReason, string>;
