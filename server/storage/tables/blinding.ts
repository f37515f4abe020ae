import type { Generated } from "kysely";
import type { AuditChoice, FindingKind } from "../../contract/findings.ts";

/* The blinding audit of a study's texts: what it found, and what was decided. */

/** One audit; the latest with a body is in force. */
export interface BlindingAuditTable {
  id: Generated<number>;
  study_id: number;
  started_at: string;
  /** What the texts were when it began: see textsKey. */
  texts: string;
  /** When who runs it last gave a sign of life; null: an older version ran it. */
  alive_at: string | null;
  /** What it found: contract/blinding.ts, as JSON. Null while it runs. */
  body: string | null;
}

/** A response in which an audit found a sign of this kind. */
export interface FoundSignTable {
  audit_id: number;
  kind: FindingKind;
  response_id: number;
}

/** What is done about a kind of sign in a system's responses. Append-only: the latest is in force. */
export interface BlindingDecisionTable {
  id: Generated<number>;
  study_id: number;
  kind: FindingKind;
  system_id: number;
  choice: AuditChoice;
  reason: string;
  decided_at: string;
  by_whom: string;
}

/** The original of a response whose text is masked. */
export interface MaskedResponseTable {
  response_id: number;
  turns: string;
  content_hash: string;
}

/** A response whose comparisons are left out: they are not assigned, and judgments of them are not counted. */
export interface LeftOutResponseTable {
  response_id: number;
  /** What was found in it when that was decided; later audits may not find it again. */
  kind: FindingKind;
  /** Of the response, where every count asks for them. */
  prompt_id: number;
  system_id: number;
}
