import { isolated } from "../../charts/isolate.ts";
import { RECONSTRUCTED } from "../../contract/reasons.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { codeOfOrigin } from "../rows/outcomes.ts";
import { compareCodeUnits } from "../rows/dense-ids.ts";
import type { StudyFacts } from "../rows/study-structure.ts";
import type { StudyData } from "../rows/study-data.ts";
import type { WithoutText } from "../rows/missing-texts.ts";

interface NoteFacts {
  readonly facts: StudyFacts;
  readonly rows: JudgmentRows;
  readonly annotators: StudyData["annotators"];
  readonly excluded: JudgmentRows;
  readonly withoutText: WithoutText;
  readonly part?: StudyData["part"];
  readonly unloaded?: StudyData["unloaded"];
  /** Pairs shown to annotators who could not judge them. */
  readonly skipped?: number;
  /** Counted judgments in none of the pairs that are reported. */
  readonly inNoPair: number;
}

/** What a reader must know before any figure, in plain sentences, the weightiest first. */
export function writeNotes(given: NoteFacts): string[] {
  const own = given.facts.study.note?.trim() ?? "";
  const derived = [
    partNote(given),
    reconstructedNote(given),
    simulatedNote(given),
    outsideNote(given),
    unnamedNote(given),
    sawResultsNote(given),
    excludedNote(given),
    unloadedNote(given),
    skippedNote(given),
    withoutTextNote(given),
    inNoPairNote(given),
  ].filter((note) => note !== null);
  return own === "" ? derived : [own, ...derived];
}

/** What is chosen after the fact is no verdict. */
function partNote({ part }: NoteFacts): string | null {
  if (part === undefined) return null;
  const { field, value, prompts } = part;
  return (
    `Only ${prompts === 1 ? "the prompt" : `the ${prompts} prompts`} with ${field} ${isolated(value)}. ` +
    "The part was chosen afterwards, so nothing here was declared beforehand."
  );
}

/** True where the study's own note already says of all judgments where they come from. */
function saidAlready({ facts, rows }: NoteFacts, word: RegExp, count: number): boolean {
  return count === rows.count && word.test(facts.study.note ?? "");
}

function reconstructedNote(given: NoteFacts): string | null {
  const { rows } = given;
  const cells = countByCell(rows, codeOfOrigin("reconstructed"));
  const counts = [...cells.values()];
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0 || saidAlready(given, /reconstructed/i, total)) return null;
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const n = least === most ? `n = ${most}` : `n is between ${least} and ${most}`;
  return (
    `${share(total, rows.count, "was", "were")} ${RECONSTRUCTED}, ` + `if ${n} and one judgment per prompt.`
  );
}

/** How many judgments of this origin each pair and group has. */
function countByCell(rows: JudgmentRows, origin: number): Map<string, number> {
  const cells = new Map<string, number>();
  for (let i = 0; i < rows.count; i++) {
    if (rows.origin[i] !== origin) continue;
    const cell = `${rows.low[i]} ${rows.high[i]} ${rows.group[i]}`;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  return cells;
}

function simulatedNote(given: NoteFacts): string | null {
  const { rows } = given;
  const simulated = codeOfOrigin("simulated");
  const count = countEqual(rows.origin, simulated);
  if (count === 0 || saidAlready(given, /simulated/i, count)) return null;
  return `${share(count, rows.count, "is", "are")} simulated: a program chose, and nobody read the answers.`;
}

function outsideNote({ facts, rows }: NoteFacts): string | null {
  const outside = facts.groups.filter((group) => group.kind !== "model" && !group.headline);
  const count = outside.reduce((sum, group) => sum + countEqual(rows.group, facts.groups.indexOf(group)), 0);
  if (count === 0) return null;
  const names = outside.map((group) => `“${isolated(group.name)}”`).join(" and ");
  const stays = outside.length === 1 ? "stays" : "stay";
  return `${names} ${stays} out of the figures of all people together (${judgments(count)}).`;
}

function unnamedNote({ rows }: NoteFacts): string | null {
  const count = countEqual(rows.unnamed, 1);
  if (count === 0) return null;
  return (
    `${share(count, rows.count, "has", "have")} no annotator’s name: how many people cast these votes is not known, and a few ` +
    "may have cast most of them. Rates, tests and rankings with such votes are about these votes, and their intervals allow for other prompts alone. " +
    "Figures about annotators and their agreement leave them out."
  );
}

function sawResultsNote({ annotators, rows }: NoteFacts): string | null {
  const saw = annotators.flatMap(({ sawResults }, code) => (sawResults ? [code] : []));
  if (saw.length === 0) return null;
  const count = saw.reduce((sum, code) => sum + countEqual(rows.annotator, code), 0);
  const who = saw.length === 1 ? "1 annotator has" : `${number(saw.length)} annotators have`;
  return `${who} judged in a browser that had shown the results of this study, with ${judgments(count)} in all.`;
}

function excludedNote({ annotators, excluded }: NoteFacts): string | null {
  const out = annotators.flatMap(({ excludedBy }) => (excludedBy === null ? [] : [excludedBy]));
  if (out.length === 0) return null;
  const who = out.length === 1 ? "1 annotator is" : `${number(out.length)} annotators are`;
  const rules = [...new Set(out)].sort(compareCodeUnits).map(isolated).join("; ");
  return `${who} excluded by rule (${rules}), with ${judgments(excluded.count)}.`;
}

function unloadedNote({ unloaded }: NoteFacts): string | null {
  if (unloaded === undefined) return null;
  const { judgments: count, reasons } = unloaded;
  const is = count === 1 ? "1 judgment is" : `${number(count)} judgments are`;
  return `${is} in no figure, as what was judged was unloaded (${reasons.map(isolated).join("; ")}).`;
}

function skippedNote({ skipped = 0 }: NoteFacts): string | null {
  if (skipped === 0) return null;
  const [times, is, all] =
    skipped === 1 ? ["Once", "It is", "it"] : [`${number(skipped)} times`, "They are", "all"];
  return (
    `${times} an annotator could not judge a pair. ${is} in no rate; “Could not be judged” below shows the figures ` +
    `with ${all} counted as wins and as losses.`
  );
}

/** Reconstructed judgments never had texts, which their own note says already. */
function withoutTextNote({ withoutText, rows }: NoteFacts): string | null {
  const reconstructed = codeOfOrigin("reconstructed");
  if (withoutText.judgments === 0 || rows.origin.every((origin) => origin === reconstructed)) return null;
  const { comparisons } = withoutText;
  const of = comparisons === 1 ? "1 comparison" : `${number(comparisons)} comparisons`;
  return `${share(withoutText.judgments, rows.count, "is", "are")} about texts that were never loaded (${of}).`;
}

function inNoPairNote({ inNoPair, rows }: NoteFacts): string | null {
  if (inNoPair === 0) return null;
  return `${share(inNoPair, rows.count, "is", "are")} about two systems that the protocol does not pair, and in no row here.`;
}

function share(count: number, all: number, is: string, are: string): string {
  if (count === all) return count === 1 ? `The only judgment ${is}` : `All ${number(count)} judgments ${are}`;
  return `${number(count)} of ${number(all)} judgments ${count === 1 ? is : are}`;
}

function countEqual(column: Int32Array | Uint8Array, value: number): number {
  let count = 0;
  for (let i = 0; i < column.length; i++) if (column[i] === value) count++;
  return count;
}

const judgments = (count: number): string => (count === 1 ? "1 judgment" : `${number(count)} judgments`);

const number = (count: number): string => count.toLocaleString("en-US");
