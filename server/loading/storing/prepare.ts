import type { Problem } from "../remarks.ts";
import type { LoadRecord, ReadItem } from "../reading/records.ts";
import { type Text, textOf, whyNoName, whyNotStored } from "../text.ts";

type JudgmentRecord = Extract<LoadRecord, { kind: "judgment" }>;
type ResponseRecord = Extract<LoadRecord, { kind: "response" }>;
type AnswerRecord = Extract<LoadRecord, { kind: "answer" }>;
type PromptRecord = Extract<LoadRecord, { kind: "prompt" }>;

/** A record that names a prompt, by id or by text. `metadata` is null where only the text came along. */
export interface PromptClaim {
  readonly row: number;
  readonly name: string | null;
  readonly text: Text | null;
  readonly metadata: string | null;
  /** True where a prompt of the same text comes before the one of this id. */
  readonly goesByText: boolean;
  /** False where the same row has named the same prompt before. */
  readonly isFirstOfRow: boolean;
}

export interface ResponseClaim {
  readonly row: number;
  /** Place of its prompt in `Prepared.prompts`. */
  readonly prompt: number;
  readonly system: string;
  readonly text: Text;
  readonly metadata: string | null;
}

export interface JudgmentClaim {
  readonly row: number;
  readonly prompt: number;
  /** Places in `Prepared.responses` of the texts that came along. */
  readonly texts: readonly number[];
  readonly sourceKey: string;
  readonly record: JudgmentRecord;
}

export interface AnswerClaim {
  readonly row: number;
  readonly prompt: number;
  readonly record: AnswerRecord;
}

/** Some rows of a file, ready to be stored: everything that needs no database is done. */
export interface Prepared {
  readonly prompts: PromptClaim[];
  readonly responses: ResponseClaim[];
  readonly judgments: JudgmentClaim[];
  readonly answers: AnswerClaim[];
  readonly problems: Problem[];
  rows: number;
}

/** Prepares one file's rows, in their order. */
export class Preparer {
  readonly #contentHash: string;
  #lastPrompt: { row: number; promptId: string | null; turns: readonly string[] | null } | null = null;
  #lastJudged = 0;
  #nthOfRow = 0;

  /** @param contentHash of the file's bytes: where no judgment ids are given, row and hash identify a judgment */
  constructor(contentHash: string) {
    this.#contentHash = contentHash;
  }

  prepare(items: readonly ReadItem[]): Prepared {
    const into: Prepared = { prompts: [], responses: [], judgments: [], answers: [], problems: [], rows: 0 };
    for (const item of items) {
      if ("problem" in item) into.problems.push(item.problem);
      else if ("record" in item) this.#add(item.record, into);
    }
    return into;
  }

  #add(record: LoadRecord, into: Prepared): void {
    const problem = problemOf(record);
    if (problem) into.problems.push({ row: record.row, ...problem });
    else if (record.kind === "prompt") this.#addPrompt(record, into);
    else if (record.kind === "response") this.#addResponse(record, into);
    else if (record.kind === "judgment") this.#addJudgment(record, into);
    else into.answers.push({ row: record.row, prompt: this.#broughtAlong(record, into), record });
  }

  #addPrompt(record: PromptRecord, into: Prepared): void {
    const { row, promptId, turns, source, split, metadata } = record;
    const kept = { ...(source == null ? {} : { source }), ...(split == null ? {} : { split }), ...metadata };
    const columns = JSON.stringify(kept);
    const goesByText = record.isIdAdopted ?? false;
    const claim = { row, name: promptId, text: textOf(turns), metadata: columns };
    into.prompts.push({ ...claim, goesByText, isFirstOfRow: true });
    this.#lastPrompt = { row, promptId, turns };
  }

  /** A wide row names one prompt once for each of its outputs. @returns the claim's place */
  #broughtAlong(record: Exclude<LoadRecord, PromptRecord>, into: Prepared): number {
    const { row, promptId, promptTurns } = record;
    const last = this.#lastPrompt;
    const isAgain = last?.row === row && last.promptId === promptId && last.turns === promptTurns;
    this.#lastPrompt = { row, promptId, turns: promptTurns };
    if (isAgain && into.prompts.at(-1)?.row === row) return into.prompts.length - 1;
    const text = promptTurns && textOf(promptTurns);
    const claim = { row, name: promptId, text, metadata: null, goesByText: record.isIdAdopted ?? false };
    return into.prompts.push({ ...claim, isFirstOfRow: !isAgain }) - 1;
  }

  #addResponse(record: ResponseRecord, into: Prepared): void {
    const prompt = this.#broughtAlong(record, into);
    const { row, system, turns, metadata } = record;
    into.responses.push({ row, prompt, system, text: textOf(turns), metadata: JSON.stringify(metadata) });
  }

  #addJudgment(record: JudgmentRecord, into: Prepared): void {
    const prompt = this.#broughtAlong(record, into);
    const texts = [
      { system: record.leftSystem, turns: record.leftTurns },
      { system: record.rightSystem, turns: record.rightTurns },
    ].flatMap(({ system, turns }) => {
      if (!turns) return [];
      const claim = { row: record.row, prompt, system, text: textOf(turns), metadata: null };
      return [into.responses.push(claim) - 1];
    });
    const sourceKey = this.#sourceKey(record);
    into.judgments.push({ row: record.row, prompt, texts, sourceKey, record });
  }

  /** What makes a judgment the same as one that was loaded before; a row may hold several judgments. */
  #sourceKey({ row, judgmentId }: JudgmentRecord): string {
    this.#nthOfRow = row === this.#lastJudged ? this.#nthOfRow + 1 : 1;
    this.#lastJudged = row;
    const nth = this.#nthOfRow > 1 ? String(this.#nthOfRow) : "";
    return judgmentId === null ? `row${nth}:${this.#contentHash}:${row}` : `id${nth}:${judgmentId}`;
  }
}

function problemOf(record: LoadRecord): { name: string; message: string } | null {
  const message = unstorable(record);
  if (message) return { name: "NameNotUsable", message };
  if (record.kind === "prompt") return null;
  if (record.promptId === null && record.promptTurns === null) {
    return {
      name: "PromptMissing",
      message:
        "The row names no prompt: neither an id nor a text. If a column has one, map it: FILE:prompt_id=THEIRS or FILE:prompt=THEIRS.",
    };
  }
  const isPair = record.kind === "judgment" || record.kind === "answer";
  if (isPair && record.leftSystem === record.rightSystem) {
    const message = `Both sides are ${record.leftSystem}; a comparison has two different systems.`;
    return { name: "SameSystemTwice", message };
  }
  return null;
}

const RATIONALE_MAX = 1_000_000;

function unstorable(record: LoadRecord): string | null {
  const prompt = whyNotStored("The prompt's id", record.promptId);
  if (record.kind === "prompt") return prompt;
  if (record.kind === "response") return prompt ?? whyNoName("The system's name", record.system);
  const pair =
    prompt ??
    whyNoName("The left system's name", record.leftSystem) ??
    whyNoName("The right system's name", record.rightSystem);
  if (record.kind === "answer") return pair;
  return (
    pair ??
    whyNotStored("The annotator's name", record.annotator) ??
    whyNoName("The group's name", record.group && record.group.name) ??
    whyNotStored("The judgment's id", record.judgmentId) ??
    whyNotStored("The language", record.language ?? null) ??
    whyNotStored("The rule of exclusion", record.excludedBy ?? null) ??
    whyNotStored("The rationale", record.rationale, RATIONALE_MAX)
  );
}
