import type { Generated } from "kysely";
import type { MemberRole } from "../../contract/rights.ts";

/* Accounts, links, sessions and tokens, and who used them. */

/** Somebody who signs in; `role` is theirs in the instance, so in every study. */
export interface AccountTable {
  id: Generated<number>;
  /** In lower case. */
  email: string;
  name: string;
  /** A PHC string; null: none yet. */
  password: string | null;
  role: MemberRole | null;
  created_at: string;
}

/** The role of an account in one study, in addition to that in the instance. */
export interface MembershipTable {
  account_id: number;
  study_id: number;
  role: MemberRole;
}

/** A link by which somebody gets an account with a role, or, where `account_id` is set, a new password for theirs. */
export interface InvitationTable {
  id: Generated<number>;
  token_hash: string;
  /** For whom it is, as whoever made it wrote. */
  name: string;
  role: MemberRole | null;
  /** The study of the role; null: the instance. */
  study_id: number | null;
  account_id: number | null;
  by_whom: string;
  created_at: string;
  expires_at: string;
  used_at: string | null;
  revoked_at: string | null;
}

/** A key for programs; `account_id` null: made on the server's machine, so with the rights of an owner. */
export interface ApiTokenTable {
  id: Generated<number>;
  account_id: number | null;
  name: string;
  /** Its first characters, by which its holder recognises it. */
  starts_with: string;
  token_hash: string;
  /** Names of rights, separated by spaces. */
  scopes: string;
  /** The only study that it opens; null: all. */
  study_id: number | null;
  created_at: string;
  expires_at: string;
  used_at: string | null;
  revoked_at: string | null;
}

/** A link to the dashboard, exchanged once for a session. */
export interface OwnerTokenTable {
  id: Generated<number>;
  token_hash: string;
  created_at: string;
  expires_at: string;
}

/** A signed-in browser; `account_id` null: it came by an owner link. */
export interface SessionTable {
  id: Generated<number>;
  token_hash: string;
  created_at: string;
  expires_at: string;
  account_id: number | null;
  /** Within a minute; null: not since it was opened. */
  used_at: string | null;
  /** Such as “Firefox, Linux”; null: unknown. */
  browser: string | null;
  /** `OpenID Connect`; null: by a password, or an owner link. */
  via: string | null;
}

/** Whom an OpenID provider names for an account: its issuer and its subject there, which no other account has. */
export interface OpenIdIdentityTable {
  id: Generated<number>;
  account_id: number;
  issuer: string;
  subject: string;
  created_at: string;
  used_at: string | null;
}

/** A sign-in that is under way at the provider, for ten minutes and one answer. */
export interface OpenIdFlowTable {
  /** The hash of the secret that the browser's cookie has. */
  state: string;
  nonce: string;
  verifier: string;
  /** Of the invitation that is accepted by it; null: none. */
  invitation_hash: string | null;
  /** The session whose account gets the identity; null: whoever answers signs in. */
  session_id: number | null;
  /** As they were typed for a new account. */
  name: string | null;
  email: string | null;
  expires_at: string;
}

/** A sign-in that failed, for slowing down the next; the hash of the e-mail address that was typed and of where it came from. */
export interface SignInFailureTable {
  name_hash: string;
  failed_at: string;
}

/** A read-only link to the results of one study. */
export interface ShareLinkTable {
  id: Generated<number>;
  study_id: number;
  token_hash: string;
  /** What the link shows; null: the report as it stands when it is opened. */
  snapshot_id: number | null;
  created_at: string;
  revoked_at: string | null;
  /** When it was last used, within a minute; null: never, or nobody noted it. */
  used_at: string | null;
  /** What whoever runs the study calls it. */
  label: Generated<string | null>;
}

/** Append-only: who did what over HTTP. No text of a study and no secret. */
export interface AuditEventTable {
  id: Generated<number>;
  at: string;
  who: string;
  /** How they came: see `contract/accounts.ts`. */
  via: string;
  verb: string;
  /** The study's name then; null: none. */
  study: string | null;
  object: string | null;
  /** What it was before and is now, in short. */
  detail: string | null;
  request: string | null;
}

/** A browser in which a study's results were shown. */
export interface ResultsReaderTable {
  study_id: number;
  browser_hash: string;
  first_at: string;
}
