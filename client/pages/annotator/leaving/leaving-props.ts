import type { Judging } from "../judging.ts";

/** How somebody may leave. */
export type LeavingKind = "stop" | "withdraw" | "erase";

export interface LeavingProps {
  judging: Judging;
  onClose: () => void;
}
