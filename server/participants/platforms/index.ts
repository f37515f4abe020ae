import { connect } from "./connect.ts";
import type { Platform } from "./platform.ts";
import { prolific } from "./prolific.ts";

/** The platforms with an adapter of their own, by the names that they are set by. */
export const BUILT_IN = { prolific, connect } as const satisfies Record<string, Platform>;
export type BuiltIn = keyof typeof BUILT_IN;
