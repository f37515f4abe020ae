import type { Behaviour } from "./behaviours.ts";

/** How a scripted model server answers. */
export interface ModelServerScript {
  readonly behaviour?: Behaviour;
  /** Before each answer. */
  readonly latencyMs?: number;
  /** How many requests are met with the behaviour; all of them if not said. */
  readonly times?: number;
  /** How those after them are met: well, if not said. */
  readonly then?: Behaviour;
  /** Of the behaviour "rate limited": the header as it is sent. */
  readonly retryAfter?: string;
  /** The moment that it names in its Date header; default: now. */
  readonly date?: string;
  /** Where the behaviour "redirects" leads to. */
  readonly redirectTo?: string;
  /** Whether requests are kept; else they are only counted. */
  readonly isRecording?: boolean;
  /** 0: any that is free. */
  readonly port?: number;
}
