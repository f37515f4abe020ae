import type { AuditState, DecideFinding } from "../../../server/contract/blinding.ts";
import { at, call } from "./owner-api.ts";

/** The calls about the blinding audit, on the session's cookie. Each throws Refused. */
export const blindingApi = {
  state: (study: string) => call<AuditState>("GET", `${at(study)}/blinding`),
  start: (study: string) => call<AuditState>("POST", `${at(study)}/blinding`),
  decide: (study: string, body: DecideFinding) =>
    call<AuditState>("POST", `${at(study)}/blinding/decisions`, body),
};
