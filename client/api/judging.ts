import type {
  Arrival,
  EarlierReply,
  JoinReply,
  JoinRequest,
  JoinSheet,
  JudgmentReply,
  JudgmentRequest,
  Sheet,
  SkipReply,
  SkipRequest,
  Work,
  WorkRequest,
} from "../../server/contract/judging.ts";
import type { Finish, FinishReply } from "../../server/contract/platforms.ts";
import { type Ending, request } from "./request.ts";

/** An annotator's calls, with the token of the personal link. None of them throws. */
export interface JudgingApi {
  sheet(language: string): Promise<Ending<Sheet>>;
  work(body: WorkRequest): Promise<Ending<Work>>;
  judgment(body: JudgmentRequest): Promise<Ending<JudgmentReply>>;
  skip(body: SkipRequest): Promise<Ending<SkipReply>>;
  /** What was answered before `before`; null: the latest. */
  earlier(before: string | null): Promise<Ending<EarlierReply>>;
  /** How this annotator's part has ended, and the way back to a platform. */
  finish(): Promise<Ending<FinishReply>>;
  /** Ends this annotator's part because they want to. */
  stop(): Promise<Ending<FinishReply>>;
  /** Whether the server took something else that is sent. */
  post(path: string, body?: object): Promise<boolean>;
}

export const judgingApi = (token: string): JudgingApi => ({
  sheet: async (language) =>
    ours(
      await request<Sheet>({ method: "GET", path: `/api/judge/sheet?${query(language)}`, token }),
      isSheet,
    ),
  work: async (body) =>
    ours(await request<Work>({ method: "POST", path: "/api/judge/work", body, token }), isWork),
  judgment: async (body) => {
    const path = "/api/judge/judgments";
    return ours(await request<JudgmentReply>({ method: "POST", path, body, token }), isAccepted);
  },
  skip: async (body) => {
    const path = "/api/judge/skips";
    return ours(await request<SkipReply>({ method: "POST", path, body, token }), isAccepted);
  },
  earlier: async (before) => {
    const path = "/api/judge/earlier";
    return ours(
      await request<EarlierReply>({ method: "POST", path, body: { before }, token }),
      isEarlierReply,
    );
  },
  finish: async () => finishCall(token, "/api/judge/finish"),
  stop: async () => finishCall(token, "/api/judge/stop"),
  post: async (path, body) => (await request({ method: "POST", path, body, token })).kind === "ok",
});

const finishCall = async (token: string, path: string): Promise<Ending<FinishReply>> =>
  ours(await request<FinishReply>({ method: "POST", path, token }), (reply) => reply?.finish !== undefined);

/** The calls of somebody who follows an open link and is no annotator yet. */
export const joinApi = {
  sheet: async (arrival: Arrival, language: string): Promise<Ending<JoinSheet>> => {
    const path = `/api/join/sheet?${query(language)}`;
    return ours(await request<JoinSheet>({ method: "POST", path, body: arrival }), isSheet);
  },
  join: async (body: JoinRequest): Promise<Ending<JoinReply>> => {
    const ending = await request<JoinReply>({ method: "POST", path: "/api/join", body });
    return ours(ending, (reply) => typeof reply?.token === "string");
  },
  decline: async (arrival: Arrival): Promise<Ending<Finish>> => {
    const ending = await request<Finish>({ method: "POST", path: "/api/join/decline", body: arrival });
    return ours(ending, (reply) => typeof reply?.platform === "string");
  },
};

type Unknown<Reply> = { readonly [Key in keyof Reply]?: unknown } | null | undefined;

/**
 * Networks that want a sign-in first answer 200 with something of their own. That nothing of ours came back
 * is all that is known then: the call is made again.
 */
function ours<Reply>(ending: Ending<Reply>, isReply: (reply: Unknown<Reply>) => boolean): Ending<Reply> {
  return ending.kind === "ok" && !isReply(ending.reply) ? { kind: "unreachable" } : ending;
}

const isWork = (reply: Unknown<Work>): boolean =>
  typeof reply?.state === "string" &&
  Array.isArray(reply.buffer) &&
  Array.isArray(reply.assignments) &&
  typeof reply.progress === "object" &&
  reply.progress !== null;

const isAccepted = (reply: Unknown<SkipReply>): boolean =>
  reply?.accepted === true && isWork(reply.work as Unknown<Work>);

const isSheet = (reply: Unknown<Sheet>): boolean =>
  typeof reply?.question === "string" && typeof reply.options === "object" && reply.options !== null;

const isEarlierReply = (reply: Unknown<EarlierReply>): boolean =>
  reply !== null && typeof reply === "object" && reply.earlier !== undefined;

const query = (language: string): string => new URLSearchParams({ language }).toString();
