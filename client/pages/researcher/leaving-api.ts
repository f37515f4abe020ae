import type { Departures, Duty, RetentionRequest } from "../../../server/contract/leaving.ts";
import { at, call } from "./owner-api.ts";

/** The owner's calls about annotators who leave, on the session's cookie. Each throws Refused. */
export const leavingApi = {
  departures: (study: string) => call<Departures>("GET", `${at(study)}/departures`),
  finishDuty: (study: string, body: { annotator: string; duty: Duty; undo: boolean }) =>
    call<Departures>("POST", `${at(study)}/departures/done`, body),
  withdraw: (study: string, annotator: string) =>
    call<{ annotator: string }>("POST", `${at(study)}/withdraw`, { annotator }),
  erase: (study: string, annotator: string) =>
    call<{ annotator: string }>("POST", `${at(study)}/erase`, { annotator }),
  setRetention: (study: string, body: RetentionRequest) =>
    call<Departures>("PATCH", `${at(study)}/retention`, body),
};
