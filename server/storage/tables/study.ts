import type { Generated } from "kysely";
import type { GroupKind, StudyState, SystemRole } from "../../contract/words.ts";

/* A study and what is loaded into it: protocol, groups, systems, prompts, responses, and its record. */

/** One evaluation. `note` is shown wherever its figures are: what is simulated or reconstructed in it. */
export interface StudyTable {
  id: Generated<number>;
  name: string;
  public_title: string;
  state: StudyState;
  note: string | null;
  seed: string;
  created_at: string;
}

/** Append-only: every change that can move a figure and is no judgment. */
export interface StudyChangeTable {
  id: Generated<number>;
  study_id: number;
  kind: string;
  detail: string;
  by_whom: string;
  changed_at: string;
}

/** What annotators are asked, as JSON; frozen with a hash when the study opens. */
export interface ProtocolTable {
  id: Generated<number>;
  study_id: number;
  revision: number;
  body: string;
  hash: string | null;
  frozen_at: string | null;
}

/** A kind of annotator reported on its own; `headline` 0 stays out of the people's figure. */
export interface AnnotatorGroupTable {
  id: Generated<number>;
  study_id: number;
  name: string;
  kind: GroupKind;
  headline: number;
  open_token_hash: string | null;
  /** Of the shared link: when it was made (null: before that was noted), last used, and revoked. */
  open_link_made_at: string | null;
  open_link_used_at: string | null;
  open_link_revoked_at: string | null;
  /** How many people may join by it; null: as many as participants/crowd.ts allows. */
  open_link_most: number | null;
  /** What whoever runs the study calls the link. */
  open_link_label: Generated<string | null>;
  /** 1: one browser may join as several people. */
  open_link_several: Generated<number>;
  /** What the link of the group's own annotator is derived from, who started the study on this machine; null: there is none. */
  link_secret: Generated<string | null>;
  load_id: number | null;
}

/** A model under test. */
export interface SystemTable {
  id: Generated<number>;
  study_id: number;
  name: string;
  display_name: string;
  role: SystemRole;
  load_id: number | null;
}

/**
 * One file brought in; its rows are read only once it is published. `held`: they wait for the other files of the call, or, with
 * `ended_at`, to be deleted, as an unloaded one's are.
 */
export interface LoadTable {
  id: Generated<number>;
  study_id: number;
  state: "running" | "held" | "published" | "failed" | "unloaded";
  file_name: string;
  content_hash: string;
  /** The version of a prompt set that it took, as JSON: see PromptSetUsed; null: it is no such load. */
  prompt_set: Generated<string | null>;
  report: string | null;
  started_at: string;
  heartbeat_at: string;
  ended_at: string | null;
}

/** A file that waits to be loaded. Its bytes are in the folder of uploads, under `file_key`. */
export interface UploadTable {
  id: Generated<number>;
  study_id: number;
  /** Its path as the browser knows it. */
  name: string;
  bytes: number;
  file_key: string;
  /** How it is to be read, as JSON: see UploadSettings. */
  settings: string;
  uploaded_at: string;
}

/** A file of which a part has arrived: the bytes that there are lie in the folder of uploads, under `file_key`. */
export interface UploadPartTable {
  id: Generated<number>;
  study_id: number;
  name: string;
  /** How many bytes the whole file has. */
  bytes: number;
  /** When it was last modified where it comes from, in milliseconds. */
  modified: number;
  file_key: string;
  /** When its first or its latest request began. */
  begun_at: string;
}

/** One test input, known by its id alone until its text is loaded. */
export interface PromptTable {
  id: Generated<number>;
  study_id: number;
  external_id: string;
  load_id: number | null;
}

/** The user turns of a prompt, as a JSON list. `load_row`: where in the loaded file. */
export interface PromptTextTable {
  prompt_id: number;
  study_id: number;
  turns: string;
  content_hash: string;
  metadata: string;
  load_id: number;
  load_row: Generated<number>;
}

/** What one system answered to one prompt: a JSON list of turns. `load_row`: where in the loaded file. */
export interface ResponseTable {
  id: Generated<number>;
  prompt_id: number;
  system_id: number;
  turns: string;
  turn_count: number;
  content_hash: string;
  blank: number;
  metadata: string;
  load_id: number;
  load_row: Generated<number>;
}

/** The text of a response until a revision of the protocol corrected it. */
export interface CorrectedResponseTable {
  response_id: number;
  revision: number;
  turns: string;
  content_hash: string;
}

/** A prompt that a model server was asked about in vain, for a system's response. */
export interface UnansweredPromptTable {
  prompt_id: number;
  /** By name: a system is made with its first response. */
  system: string;
  /** How often, in all runs. */
  failures: number;
  /** The latest failure, as of a call or of a reply. */
  kind: string;
  message: string;
  failed_at: string;
}

/** Safe HTML of a list of turns, as a JSON list, by the hash of the list. */
export interface RenderingTable {
  content_hash: string;
  version: string;
  html: string;
}

/** A report as it stood at one moment, with every block: written once, never changed. */
export interface ReportSnapshotTable {
  id: Generated<number>;
  study_id: number;
  /** Counts the snapshots of a study, from 1. */
  number: number;
  taken_at: string;
  /** Why it was taken, such as "the study was closed". */
  reason: string;
  /** Of the judgments behind it: see dataHash. */
  data_hash: string;
  /** Hashes of all that it was made of, as JSON: see Inputs. Null where an older version kept it. */
  inputs: string | null;
  judgments: number;
  estimator: string;
  /** The whole report as JSON. */
  body: string;
}
