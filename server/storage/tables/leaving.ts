import type { DepartureKind } from "../../contract/words.ts";

/* Annotators who left with their judgments or their data, and how long what identifies people is kept. */

/** Somebody who withdrew or was erased; holds nothing that identifies them. */
export interface DepartureTable {
  annotator_id: number;
  study_id: number;
  kind: DepartureKind;
  asked_at: string;
  /** "annotator", or the owner as the record of changes names them. */
  asked_by: string;
  /** Null: the study was closed, so its owner decides. */
  done_at: string | null;
  /** Of somebody erased: the platform that still has to pay them. */
  platform: string | null;
}

/** When what identifies people of a study is erased. */
export interface RetentionTable {
  study_id: number;
  /** Days after the study has closed. */
  days: number;
  /** 1: names in loaded files, too. */
  names: number;
  set_at: string;
  /** When it was erased, after the study had closed; null: not yet. */
  done_at: string | null;
}
