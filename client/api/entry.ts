import type { EntryReply, EntryState, EntryStep } from "../../server/contract/entry.ts";
import { type Ending, request } from "./request.ts";

/** The calls of an annotator before their first pair, with the token of the personal link. None of them throws. */
interface EntryApi {
  /** Where they are, and what they see there. */
  state(language: string): Promise<Ending<EntryState>>;
  /** Takes a step. @returns what comes next */
  step(step: EntryStep, language: string): Promise<Ending<EntryReply>>;
}

export const entryApi = (token: string): EntryApi => ({
  state: async (language) =>
    ours(await request<EntryState>({ method: "GET", path: pathIn(language), token })),
  step: async (body, language) =>
    ours(await request<EntryReply>({ method: "POST", path: pathIn(language), body, token })),
});

const pathIn = (language: string): string =>
  `/api/judge/entry?${new URLSearchParams({ language }).toString()}`;

/** A network that wants a sign-in first answers with something of its own. */
const ours = <Reply extends EntryState>(ending: Ending<Reply>): Ending<Reply> =>
  ending.kind === "ok" && typeof (ending.reply as Partial<EntryState> | undefined)?.page?.kind !== "string"
    ? { kind: "unreachable" }
    : ending;
