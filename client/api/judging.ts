import type {
  EarlierReply,
  JoinReply,
  JudgmentReply,
  JudgmentRequest,
  Sheet,
  Work,
  WorkRequest,
} from "../../server/contract/judging.ts";
import { type Ending, request } from "./request.ts";

/** An annotator's calls, with the token of the personal link. None of them throws. */
export interface JudgingApi {
  sheet(language: string): Promise<Ending<Sheet>>;
  work(body: WorkRequest): Promise<Ending<Work>>;
  judgment(body: JudgmentRequest): Promise<Ending<JudgmentReply>>;
  /** The judgment before `before`; null: the latest. */
  earlier(before: string | null): Promise<Ending<EarlierReply>>;
}

export const judgingApi = (token: string): JudgingApi => ({
  sheet: (language) => request({ method: "GET", path: `/api/judge/sheet?${query(language)}`, token }),
  work: (body) => request({ method: "POST", path: "/api/judge/work", body, token }),
  judgment: (body) => request({ method: "POST", path: "/api/judge/judgments", body, token }),
  earlier: (before) => request({ method: "POST", path: "/api/judge/earlier", body: { before }, token }),
});

/** The calls of somebody who follows an open link and is no annotator yet. */
export const joinApi = {
  sheet: (link: string, language: string): Promise<Ending<Sheet>> =>
    request({ method: "POST", path: `/api/join/sheet?${query(language)}`, body: { link } }),
  join: (link: string): Promise<Ending<JoinReply>> =>
    request({ method: "POST", path: "/api/join", body: { link } }),
};

const query = (language: string): string => new URLSearchParams({ language }).toString();
