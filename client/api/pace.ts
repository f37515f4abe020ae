import type { Pace } from "../../server/contract/pace.ts";
import { type Ending, request } from "./request.ts";

/** The calls about an annotator's time, with the token of the personal link. None of them throws. */
export const paceApi = (token: string) => ({
  pace: async (): Promise<Ending<Pace>> =>
    ours(await request<Pace>({ method: "GET", path: "/api/judge/pace", token })),
  /** Asks for more time. */
  extend: async (): Promise<Ending<Pace>> =>
    ours(await request<Pace>({ method: "POST", path: "/api/judge/extend", token })),
});

/** A network that wants a sign-in first answers with something of its own. */
const ours = (ending: Ending<Pace>): Ending<Pace> =>
  ending.kind === "ok" && !Array.isArray((ending.reply as Partial<Pace> | undefined)?.own)
    ? { kind: "unreachable" }
    : ending;
