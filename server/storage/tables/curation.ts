import type { Generated } from "kysely";
import type { Split } from "../../contract/prompt-recipes.ts";

/* Prompt sets: they belong to no study. */

export interface PromptSetTable {
  id: Generated<number>;
  name: string;
  title: string;
  created_at: string;
}

/** A frozen version; it never changes. */
export interface PromptSetVersionTable {
  id: Generated<number>;
  set_id: number;
  /** From 1. */
  number: number;
  hash: string;
  reason: string;
  /** The files that it was read from, as a JSON list. */
  files: string;
  /** As it was written; null: it was not built by one. */
  recipe: string | null;
  /** How it was built, in Markdown. */
  datasheet: string | null;
  /** 1: its prompts were changed after they were built. */
  edited: number;
  by_whom: string;
  frozen_at: string;
}

/** A text of a set, once, however many of its versions have it: a JSON list of turns. */
export interface PromptSetTextTable {
  id: Generated<number>;
  set_id: number;
  content_hash: string;
  turns: string;
}

/** One prompt of a version. `tags` and `fields` are JSON. */
export interface PromptSetItemTable {
  version_id: number;
  position: number;
  external_id: string;
  split: Split;
  text_id: number;
  response_id: number | null;
  source: string | null;
  group_name: string | null;
  tags: string;
  licence: string | null;
  url: string | null;
  attribution: string | null;
  fields: string;
}

/** Append-only: what a person decided about a prompt, and the version that it led to. */
export interface PromptSetDecisionTable {
  id: Generated<number>;
  set_id: number;
  version: number;
  external_id: string;
  decision: "dropped";
  reason: string;
  by_whom: string;
  decided_at: string;
}
