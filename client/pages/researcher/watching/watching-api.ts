import type { Excluded, Lifted } from "../../../../server/contract/exclusions.ts";
import type {
  ExclusionPreview,
  ExclusionRule,
  Pace,
  Today,
  Watched,
} from "../../../../server/contract/watching.ts";
import { at, call } from "../owner-api.ts";

/** The calls of what watches over a study's work. Each throws Refused. */
export const watchingApi = {
  today: () => call<Today>("GET", "/api/today"),
  pace: (study: string) => call<Pace>("GET", `${at(study)}/pace`),
  annotators: (study: string, limit: number) =>
    call<Watched>("GET", `${at(study)}/annotators?limit=${String(limit)}`),
  previewExclusion: (study: string, rule: ExclusionRule) =>
    call<ExclusionPreview>("POST", `${at(study)}/exclusions/preview`, { rule }),
  exclude: (study: string, annotators: readonly string[], rule: string) =>
    call<Excluded>("POST", `${at(study)}/exclusions`, { annotators, rule }),
  lift: (study: string, annotators: readonly string[]) =>
    call<Lifted>("POST", `${at(study)}/exclusions/lift`, { annotators }),
};
