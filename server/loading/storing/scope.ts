import type { Context } from "../../context.ts";
import type { ModelCalls } from "../../contract/model-calls.ts";
import type { GroupKind, Origin } from "../../contract/words.ts";
import type { Transaction } from "../../storage/database.ts";
import type { NearPrompts } from "../warnings/near-prompts.ts";
import type { Problem } from "../remarks.ts";
import { StagedCache } from "./staged-cache.ts";

/** A prompt as far as it is known. `hash` is null where only its id is. */
export interface KnownPrompt {
  readonly id: number;
  readonly name: string;
  readonly hash: string | null;
  /** The load that brought its text. */
  readonly loadId?: number | null;
}

interface KnownAnnotator {
  readonly id: number;
  /** The ordinal of the latest assignment, 0 before the first. */
  readonly ordinal: number;
}

const MANY = 4_000;
const SOME = 2_000;

/** What is known of the study's rows while one file is loaded: the latest only, so that memory stays flat. */
export class Known {
  readonly promptByName = new StagedCache<string, KnownPrompt>(MANY);
  readonly promptNameByHash = new StagedCache<string, { name: string }>(MANY);
  readonly turnCount = new StagedCache<number, { turns: number }>(SOME);
  readonly systemByName = new StagedCache<string, { id: number }>(SOME);
  readonly groupByName = new StagedCache<string, { id: number; kind: GroupKind }>(SOME);
  /** By group id and name. */
  readonly annotator = new StagedCache<string, KnownAnnotator>(MANY);

  begin(): void {
    for (const cache of this.#all()) cache.begin();
  }

  keep(): void {
    for (const cache of this.#all()) cache.keep();
  }

  #all() {
    const { promptByName, promptNameByHash, turnCount, systemByName, groupByName, annotator } = this;
    return [promptByName, promptNameByHash, turnCount, systemByName, groupByName, annotator];
  }
}

interface Tally {
  read: number;
  new: number;
  unchanged: number;
}

/** What files bring. */
export const KINDS = ["prompts", "responses", "judgments", "answers"] as const;

/** Counts of each kind of what a file brings. */
export type Tallies = Readonly<Record<(typeof KINDS)[number], Tally>>;

/** @returns what was read, or is new, or was there already, of all kinds together */
export const sumOf = (tallies: Tallies, of: keyof Tally): number =>
  KINDS.reduce((sum, kind) => sum + tallies[kind][of], 0);

/** Adds a tally to a sum, in place. */
export function addTo(sum: Tally, tally: Tally): void {
  sum.read += tally.read;
  sum.new += tally.new;
  sum.unchanged += tally.unchanged;
}

/** What some rows came to; it counts only once their transaction is committed. */
export class Outcome {
  readonly prompts: Tally = { read: 0, new: 0, unchanged: 0 };
  readonly responses: Tally = { read: 0, new: 0, unchanged: 0 };
  readonly judgments: Tally = { read: 0, new: 0, unchanged: 0 };
  readonly answers: Tally = { read: 0, new: 0, unchanged: 0 };
  /** Annotators whom the file says are left out, with the rule. */
  readonly excluded = new Map<number, string>();
  /** What the file says of the calls behind a model's judgments, by the annotator's id. */
  readonly modelCalls = new Map<number, ModelCalls>();
  /** The kinds of the groups that judged, by their names. */
  readonly groupKinds = new Map<string, GroupKind>();
  /** Rows that were there already, by the load that had brought them. */
  readonly found = new Map<number, number>();
  readonly errors: Problem[] = [];
  readonly warnings: Problem[] = [];
}

/** Counts a row that an earlier load had brought. */
export function noteFound({ outcome, loadId: own }: Scope, loadId: number | null | undefined): void {
  if (loadId != null && loadId !== own) outcome.found.set(loadId, (outcome.found.get(loadId) ?? 0) + 1);
}

/** One transaction of a load, and what the load is. */
export interface Scope {
  readonly tx: Transaction;
  readonly context: Context;
  readonly studyId: number;
  readonly loadId: number;
  readonly file: string;
  readonly origin: Origin;
  /** The present moment, ISO 8601. */
  readonly at: string;
  readonly known: Known;
  readonly outcome: Outcome;
  /** The study's prompts, where near matches are to be taken for the same; else null. */
  readonly near: NearPrompts | null;
  /** False when a hundred errors are listed already: then none is worth a query for its message. */
  readonly explainErrors: boolean;
}
