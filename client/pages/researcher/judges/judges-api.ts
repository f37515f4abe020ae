import type {
  JudgeEstimate,
  JudgeRunRequest,
  JudgeRuns,
  JudgeRunStarted,
  JudgeTemplate,
} from "../../../../server/contract/judges.ts";
import type { JudgeCalls, ShownCall } from "../../../../server/contract/judge-calls.ts";
import type { Judges } from "../../../../server/contract/report-judges.ts";
import { at, call } from "../owner-api.ts";

interface CallsAsked {
  readonly annotator: string;
  readonly group: string;
  /** "": whatever came of them. */
  readonly state: "" | "answered" | "failed";
  readonly after: string | null;
  readonly limit: number;
}

/** The calls about models that judge, on the session's cookie. Each throws Refused. */
export const judgesApi = {
  runs: (study: string) => call<JudgeRuns>("GET", `${at(study)}/judge-runs`),
  estimate: (study: string, run: JudgeRunRequest) =>
    call<JudgeEstimate>("POST", `${at(study)}/judge-runs`, { ...run, dryRun: true }),
  start: (study: string, run: JudgeRunRequest) =>
    call<JudgeRunStarted>("POST", `${at(study)}/judge-runs`, run),
  stop: (study: string, id: number) => call<JudgeRunStarted>("POST", `${at(study)}/judge-runs/${id}/stop`),
  figures: (study: string) => call<Judges>("GET", `${at(study)}/report?part=judges`),
  calls: (study: string, { annotator, group, state, after, limit }: CallsAsked) => {
    const filled = { ...(state === "" ? {} : { state }), ...(after === null ? {} : { after }) };
    const query = new URLSearchParams({ annotator, group, limit: String(limit), ...filled });
    return call<JudgeCalls>("GET", `${at(study)}/judge-calls?${query.toString()}`);
  },
  call: (study: string, id: number) => call<ShownCall>("GET", `${at(study)}/judge-calls/${id}`),
  template: (study: string) => call<JudgeTemplate>("GET", `${at(study)}/judge-template`),
};
