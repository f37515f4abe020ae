import type { Watched } from "../../../../server/contract/watching.ts";
import { at, call } from "../owner-api.ts";

/** The calls of what watches over a study's work. Each throws Refused. */
export const watchingApi = {
  annotators: (study: string, limit: number) =>
    call<Watched>("GET", `${at(study)}/annotators?limit=${String(limit)}`),
};
