import type { Context } from "../../context.ts";
import { TiebreakError } from "../../contract/errors.ts";
import type { ModelCalls } from "../../contract/model-calls.ts";
import type { GroupKind, Origin } from "../../contract/words.ts";
import type { Transaction } from "../../storage/database.ts";
import type { LoadRun } from "../load-run.ts";
import type { Pace } from "../pace.ts";
import { type Prepared, Preparer } from "./prepare.ts";
import { KeptColumns } from "../kept-columns.ts";
import { isCutOff } from "../../blinding-audit/signs/damage.ts";
import { oddities } from "../warnings/odd-outputs.ts";
import type { LoadRecord, ReadItem } from "../reading/records.ts";
import { HowFar } from "../reading/how-far.ts";
import { NearPrompts } from "../warnings/near-prompts.ts";
import { type Problem, Remarks } from "../remarks.ts";
import { charactersOf, rowOf } from "./read-items.ts";
import { addTo, KINDS, Known, Outcome, type Scope, sumOf, type Tallies } from "./scope.ts";
import { type RankedRepeats, rankRepeats } from "./rank-repeats.ts";
import type { LoadSource } from "../source.ts";
import { storeAnswers } from "./answers.ts";
import { withSystemsNamed } from "./answer-systems.ts";
import { type Placed, placeJudgments, storeJudgments } from "./judgments.ts";
import { storePrompts } from "./prompts.ts";
import { storeResponses } from "./responses.ts";
import { OutputCounts } from "../warnings/output-counts.ts";
import { VerdictCounts } from "../warnings/verdict-counts.ts";

interface Storing {
  readonly context: Context;
  readonly studyId: number;
  readonly run: LoadRun;
  readonly pace: Pace;
  readonly source: LoadSource;
  readonly origin: Origin;
  readonly onStep: (what: string) => void;
  /** Called after every transaction with the rows until there, and how much of the file has been read, from 0 to 1. */
  readonly onRows: (rows: number, share: number | null) => void;
}

/** What a file's rows came to; nothing of it can be seen yet. */
export interface Stored extends Tallies {
  rows: number;
  leftOut: number;
  /** True where the file as a whole is wrong, so that no row of it can be taken. */
  isUnreadable: boolean;
  /** Annotators whom the file says are left out, with the rule: in force once the file is published. */
  readonly excluded: Map<number, string>;
  /** Rows that were there already, by the load that had brought them. */
  readonly found: Map<number, number>;
  /** What the file says of models' calls: in force once the file is published. */
  readonly modelCalls: Map<number, ModelCalls>;
  readonly errors: Remarks;
  readonly warnings: Remarks;
  readonly verdicts: VerdictCounts;
  /** The kinds of the groups that judged, by their names. */
  readonly groupKinds: Map<string, GroupKind>;
  readonly outputs: OutputCounts;
  readonly kept: KeptColumns;
  ranked: RankedRepeats;
}

const CHARACTERS_MAX = 1_000_000;

/** Rows that are worked on together: a transaction may have many times as many, and memory holds little of each. */
const ROWS_AT_ONCE = 2048;

/** Stores all rows of a file as an unpublished load. */
export async function storeFile(storing: Storing): Promise<Stored> {
  const { source, run, pace } = storing;
  const own = { after: await lastAssignment(storing) };
  const store = new RowStore(storing);
  try {
    for await (const items of source.read(store.howFar)) {
      for (const item of items) if (store.add(item)) await store.flush();
    }
  } catch (error) {
    if (!(error instanceof TiebreakError) || error.status >= 500) throw error;
    store.refuseFile(error);
  }
  await store.flush();
  const { stored } = store;
  for (const { name, message } of [
    ...stored.verdicts.remarks(),
    ...stored.kept.remarks(),
    ...store.remarks(),
    ...(source.remarks ?? []),
  ])
    stored.warnings.add({ name, file: source.name, line: 0, message });
  if (stored.rows === 0 && stored.errors.count === 0) {
    stored.warnings.add({
      name: "FileEmpty",
      file: source.name,
      line: 0,
      message: "The file holds no rows.",
    });
  }
  if (stored.rows > 0 && stored.errors.count === 0 && sumOf(stored, "read") === 0)
    store.refuseFile({
      name: "NothingRead",
      message: "No row holds anything to load; the warnings say why.",
    });
  storing.onStep(`${source.name}: looking for judgments of the same pairs`);
  if (stored.judgments.new > 0) stored.ranked = await rankRepeats(run, pace, own);
  return stored;
}

async function lastAssignment({ context }: Storing): Promise<number> {
  return context.database.read(async ({ db }) => {
    const row = await db
      .selectFrom("assignment")
      .select((column) => column.fn.max("id").as("last"))
      .executeTakeFirst();
    return (row?.last as number | null | undefined) ?? 0;
  });
}

/** Gathers rows to transactions of the right size, and counts what they come to. */
class RowStore {
  readonly #storing: Storing;
  readonly #known = new Known();
  readonly #preparer: Preparer;
  #waiting: ReadItem[] = [];
  #characters = 0;
  #lastRow = 0;
  #lastBadRow = 0;
  #isOfFolder = false;
  readonly howFar = new HowFar();
  #near: NearPrompts | null = null;
  readonly stored: Stored = {
    rows: 0,
    leftOut: 0,
    isUnreadable: false,
    prompts: { read: 0, new: 0, unchanged: 0 },
    responses: { read: 0, new: 0, unchanged: 0 },
    judgments: { read: 0, new: 0, unchanged: 0 },
    answers: { read: 0, new: 0, unchanged: 0 },
    excluded: new Map(),
    found: new Map(),
    modelCalls: new Map(),
    errors: new Remarks(),
    warnings: new Remarks(),
    verdicts: new VerdictCounts(),
    groupKinds: new Map(),
    outputs: new OutputCounts(),
    kept: new KeptColumns(),
    ranked: { repeats: 0, overlaps: 0, renumber: [] },
  };

  constructor(storing: Storing) {
    this.#storing = storing;
    this.#preparer = new Preparer(storing.source.contentHash);
  }

  /** @returns true when enough rows wait to be stored */
  add(item: ReadItem): boolean {
    const row = rowOf(item);
    if (row !== this.#lastRow && row !== 0) this.stored.rows++;
    this.#lastRow = row;
    this.#waiting.push(item);
    this.#characters += charactersOf(item);
    return this.#waiting.length >= this.#storing.pace.rows || this.#characters >= CHARACTERS_MAX;
  }

  /** What was taken for granted of the file's outputs. */
  remarks(): { name: string; message: string }[] {
    const { folderSystem: system } = this.#storing.source;
    if (!this.#isOfFolder || system == null) return [];
    const message = `The outputs name no system: they are taken as outputs of ${system}, after the folder. If that is wrong, set another one: FILE:system:=NAME.`;
    return [{ name: "SystemFromFolder", message }];
  }

  #see(record: LoadRecord): void {
    if (record.kind === "response") {
      this.stored.outputs.see(record.system);
      this.#warnOf(record.row, record.turns, record.system);
      if (isCutOff(record.metadata))
        this.#warn(record.row, "OutputTruncated", `The output of ${record.system} was cut off at its limit.`);
    }
    if (record.kind === "judgment") {
      this.#warnOf(record.row, record.leftTurns, record.leftSystem);
      this.#warnOf(record.row, record.rightTurns, record.rightSystem);
    }
    this.#isOfFolder ||= record.kind === "response" && record.system === this.#storing.source.folderSystem;
    this.stored.kept.see(record);
    if (record.kind === "judgment") this.stored.verdicts.see(record);
  }

  #warnOf(line: number, turns: readonly string[] | null, system: string): void {
    if (turns === null) return;
    for (const { name, message } of oddities(turns, system)) this.#warn(line, name, message);
  }

  #warn(line: number, name: string, message: string): void {
    this.stored.warnings.add({ name, file: this.#storing.source.name, line, message });
  }

  refuseFile({ name, message }: Pick<TiebreakError, "name" | "message">): void {
    this.#count({ row: 0, name, message });
  }

  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const waiting = await withSystemsNamed(this.#storing, this.#waiting);
    for (const item of waiting) {
      if ("record" in item) this.#see(item.record);
      else if ("remark" in item) this.#warn(item.remark.row, item.remark.name, item.remark.message);
    }
    const parts = chunksOf(waiting, ROWS_AT_ONCE).map((items) => this.#preparer.prepare(items));
    this.#waiting = [];
    this.#characters = 0;
    const { pace, run, onRows, source, context, studyId } = this.#storing;
    if (source.near) this.#near ??= await NearPrompts.of(context.database, studyId);
    const outcome = await pace.step(run, (tx, at) => this.#store(parts, tx, at));
    this.#known.keep();
    this.#near?.keep();
    for (const kind of KINDS) addTo(this.stored[kind], outcome[kind]);
    for (const [annotatorId, rule] of outcome.excluded) this.stored.excluded.set(annotatorId, rule);
    for (const [loadId, rows] of outcome.found)
      this.stored.found.set(loadId, (this.stored.found.get(loadId) ?? 0) + rows);
    for (const [annotatorId, calls] of outcome.modelCalls) this.stored.modelCalls.set(annotatorId, calls);
    for (const [name, kind] of outcome.groupKinds) this.stored.groupKinds.set(name, kind);
    const unprepared = parts.flatMap((part) => part.problems);
    const problems = [...unprepared, ...outcome.errors].sort((a, b) => a.row - b.row);
    for (const problem of problems) this.#count(problem);
    this.stored.warnings.addAll(this.#storing.source.name, byRow(outcome.warnings));
    onRows(this.stored.rows, this.howFar.share);
  }

  async #store(parts: readonly Prepared[], tx: Transaction, at: string): Promise<Outcome> {
    const { context, run, studyId, source, origin } = this.#storing;
    this.#known.begin();
    this.#near?.begin();
    const outcome = new Outcome();
    const about = {
      context,
      studyId,
      loadId: run.id,
      file: source.name,
      origin,
      known: this.#known,
      near: this.#near,
    };
    const explainErrors = this.stored.errors.count < 100;
    const scope: Scope = { tx, at, outcome, explainErrors, ...about };
    const placed: Placed[] = [];
    for (const part of parts) {
      const prompts = await storePrompts(scope, part.prompts);
      const standing = await storeResponses(scope, part.responses, prompts);
      for (const one of await placeJudgments(scope, part.judgments, { prompts, standing })) placed.push(one);
      await storeAnswers(scope, part.answers, prompts);
    }
    for (const { group } of placed) outcome.groupKinds.set(group.name, group.kind);
    await storeJudgments(scope, placed);
    return outcome;
  }

  #count({ row, name, message }: Problem): void {
    this.stored.errors.add({ name, file: this.#storing.source.name, line: row, message });
    if (row === 0) this.stored.isUnreadable = true;
    else if (row !== this.#lastBadRow) this.stored.leftOut++;
    this.#lastBadRow = row;
  }
}

const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

const byRow = (problems: readonly Problem[]) => [...problems].sort((a, b) => a.row - b.row);
