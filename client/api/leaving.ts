import type { LeavingReply, LeavingSheet } from "../../server/contract/leaving.ts";
import { type Ending, request } from "./request.ts";

/** The calls of an annotator who leaves, with the token of the personal link. None of them throws. */
export const leavingApi = (token: string) => ({
  sheet: async (): Promise<Ending<LeavingSheet>> => {
    const ending = await request<LeavingSheet>({ method: "GET", path: "/api/judge/leaving", token });
    return ours(ending, (reply) => typeof reply.isClosed === "boolean");
  },
  withdraw: () => leave(token, "/api/judge/withdraw"),
  erase: () => leave(token, "/api/judge/erase"),
});

async function leave(token: string, path: string): Promise<Ending<LeavingReply>> {
  const ending = await request<LeavingReply>({ method: "POST", path, token });
  return ours(ending, (reply) => typeof reply.isDone === "boolean");
}

/** A network that wants a sign-in first answers with something of its own: then nobody knows. */
const ours = <Reply extends object>(
  ending: Ending<Reply>,
  isReply: (reply: Partial<Reply>) => boolean,
): Ending<Reply> => (ending.kind === "ok" && !isReply(ending.reply ?? {}) ? { kind: "unreachable" } : ending);
