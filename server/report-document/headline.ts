import type { GroupKind } from "../contract/words.ts";

/** Whether a group's judgments are among those of “all people”: those of models never are. */
export const isHeadline = ({ kind, headline }: { kind: GroupKind; headline: boolean }): boolean =>
  headline && kind !== "model";
