import type { RunningFigure } from "../../server/contract/judging.ts";
import type { GuessRequest, MessageRequest, Thread } from "../../server/contract/remarks.ts";
import { type Ending, request } from "./request.ts";

/** An annotator's calls that only some studies have, with the token of the personal link. None of them throws. */
export const remarksApi = (token: string) => {
  const post = <Reply>(path: string, body?: object): Promise<Ending<Reply>> =>
    request<Reply>({ method: "POST", path: `/api/judge/${path}`, body, token });
  return {
    openThread: () => post<Thread>("messages/open"),
    sendMessage: (body: MessageRequest) => post<Thread>("messages", body),
    giveGuess: (body: GuessRequest) => post<{ accepted: true }>("guess", body),
    runningFigure: () => request<RunningFigure>({ method: "GET", path: "/api/judge/running-figure", token }),
  };
};
