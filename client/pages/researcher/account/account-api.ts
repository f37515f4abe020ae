import type {
  Audit,
  InvitationShown,
  MemberInvited,
  Members,
  Sessions,
  SessionView,
  TokenCreate,
  TokenCreated,
  ApiToken,
} from "../../../../server/contract/accounts.ts";
import type { MemberRole } from "../../../../server/contract/rights.ts";
import { at, call } from "../owner-api.ts";

/** Where the members of a study, or with null of the instance, are. */
const place = (study: string | null): string => (study === null ? "/api" : at(study));

/** Calls about who may do what. Each throws Refused. */
export const accountApi = {
  session: (study: string | null = null) =>
    call<SessionView>(
      "GET",
      study === null ? "/api/session" : `/api/session?study=${encodeURIComponent(study)}`,
    ),
  signIn: (body: { email: string; password: string }) => call<unknown>("POST", "/api/session", body),
  create: (body: { name: string; email: string; password: string }) =>
    call<SessionView>("POST", "/api/account", body),
  changePassword: (body: { current: string; password: string }) =>
    call<unknown>("POST", "/api/account/password", body),
  sessions: () => call<Sessions>("GET", "/api/sessions"),
  endSession: (id: number) => call<Sessions>("DELETE", `/api/sessions/${id}`),
  tokens: () => call<{ tokens: ApiToken[] }>("GET", "/api/tokens"),
  createToken: (body: TokenCreate) => call<TokenCreated>("POST", "/api/tokens", body),
  revokeToken: (id: number) => call<{ tokens: ApiToken[] }>("DELETE", `/api/tokens/${id}`),
  members: (study: string | null) => call<Members>("GET", `${place(study)}/members`),
  setRole: (study: string | null, id: number, role: MemberRole | null) =>
    call<Members>("PATCH", `${place(study)}/members/${id}`, { role }),
  removeMember: (id: number, typed: string) => call<Members>("DELETE", `/api/members/${id}`, { name: typed }),
  passwordLink: (id: number) => call<MemberInvited>("POST", `/api/members/${id}/password-link`),
  invite: (study: string | null, body: { name: string; role: MemberRole }) =>
    call<MemberInvited>("POST", `${place(study)}/invitations`, body),
  revokeInvitation: (study: string | null, id: number) =>
    call<Members>("DELETE", `${place(study)}/invitations/${id}`),
  invitation: (token: string) => call<InvitationShown>("POST", "/api/invitation", { token }),
  accept: (body: { token: string; name?: string; email?: string; password: string }) =>
    call<unknown>("POST", "/api/invitation/accept", body),
  audit: (before: string | null) =>
    call<Audit>("GET", before === null ? "/api/audit" : `/api/audit?before=${encodeURIComponent(before)}`),
};
