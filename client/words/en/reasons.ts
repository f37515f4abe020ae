import type { SkipReason } from "../../../server/contract/words.ts";

/** Why pairs could not be judged, for those who read of it. */
export const reasons = {
  language: "Language not known",
  unreadable: "Broken or unreadable",
  missing: "Picture or attachment missing",
  offensive: "Offensive",
  other: "Another reason",
} satisfies Record<SkipReason, string>;

export const REASONS = Object.keys(reasons) as SkipReason[];
