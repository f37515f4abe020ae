import type { Adapter, Manner } from "./adapters/adapter.ts";
import type { Addresses } from "./addresses.ts";
import type { Key } from "./keys.ts";
import type { Manners } from "./manners.ts";
import type { Proxy } from "./proxy.ts";

/** Which server is asked, and how. */
export interface ModelServerSettings {
  readonly adapter: Adapter;
  /** null: the adapter's own. */
  readonly baseUrl: string | null;
  readonly key: Key | null;
  readonly addresses: Addresses;
  /** Milliseconds for a whole call. */
  readonly timeoutMs: number;
  /** The most calls at once. */
  readonly concurrency: number;
  readonly clock: () => Date;
  /** Where what the server does not take is kept; not said: nowhere. */
  readonly manners?: Manners;
  /** Through which calls go; not said: straight to the server. */
  readonly proxy?: Proxy | null;
  /** Under which names the server may take a repetition penalty; not said: it is not sent. */
  readonly repetitionPenaltyAs?: Manner["repetitionPenaltyAs"];
  /** Members of each request besides, or in place of, those that are made here; null leaves one out. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Headers besides those that are made here. */
  readonly headers?: Readonly<Record<string, string>>;
}
