import type {
  JudgeEstimate,
  JudgeRunRequest,
  JudgeRuns,
  JudgeRunStarted,
  JudgeTemplate,
} from "../../../../server/contract/judges.ts";
import { at, call } from "../owner-api.ts";

/** The calls about models that judge, on the session's cookie. Each throws Refused. */
export const judgesApi = {
  runs: (study: string) => call<JudgeRuns>("GET", `${at(study)}/judge-runs`),
  estimate: (study: string, run: JudgeRunRequest) =>
    call<JudgeEstimate>("POST", `${at(study)}/judge-runs`, { ...run, dryRun: true }),
  start: (study: string, run: JudgeRunRequest) =>
    call<JudgeRunStarted>("POST", `${at(study)}/judge-runs`, run),
  stop: (study: string, id: number) => call<JudgeRunStarted>("POST", `${at(study)}/judge-runs/${id}/stop`),
  template: (study: string) => call<JudgeTemplate>("GET", `${at(study)}/judge-template`),
};
