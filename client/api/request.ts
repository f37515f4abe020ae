import type { ErrorReply, Problem } from "../../server/contract/errors.ts";
import { withBase } from "../base-path.ts";

export interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  /** Sent as JSON; none where undefined. */
  readonly body?: unknown;
  /** Sent as a bearer token. */
  readonly token?: string;
}

/**
 * How a call ended. `refused`: the server answered with an error of its own; `unreachable`: nothing came
 * back, or nothing that this server would say, so nobody knows whether the call was carried out.
 */
export type Ending<Reply> =
  | { readonly kind: "ok"; readonly reply: Reply }
  | { readonly kind: "refused"; readonly status: number; readonly error: string; readonly message: string }
  | { readonly kind: "unreachable" };

const PATIENCE_MS = 30_000;

/** Calls the server and says how it ended; never throws. */
export async function request<Reply>(call: Call): Promise<Ending<Reply>> {
  try {
    const response = await fetch(withBase(call.path), {
      method: call.method,
      headers: headersOf(call),
      cache: "no-store",
      credentials: "same-origin", // with a token, too: the server notes who judges after reading results
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const text = await response.text();
    if (!response.ok) return { kind: "refused", status: response.status, ...refusalIn(text) };
    return { kind: "ok", reply: (text === "" ? undefined : JSON.parse(text)) as Reply };
  } catch {
    return { kind: "unreachable" };
  }
}

function headersOf({ body, token }: Call): Record<string, string> {
  return {
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** What the server says of a refusal; empty where the answer is a proxy's page and not ours. */
function refusalIn(text: string): ErrorReply {
  try {
    const { error = "", detail = "" } = JSON.parse(text) as Partial<Problem>;
    return { error, message: detail };
  } catch {
    return { error: "", message: "" };
  }
}
