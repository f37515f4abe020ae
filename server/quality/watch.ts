import type { AnnotatorAtWork } from "../assignments/statements.ts";
import type { Consequence, Rule, Seen } from "../contract/quality.ts";
import type { Protocol } from "../contract/studies.ts";
import { type Choice, prefersSame, sideChosen } from "../contract/words.ts";
import { latestReview } from "./latest-review.ts";
import { wordsOfPair } from "../statistics/judgments/words-in.ts";
import type { Transaction } from "../storage/database.ts";
import { foundBy, type Passed, type Tally, withJudgment, type Work } from "./rules.ts";
import {
  selectChecked,
  selectJudgedTexts,
  selectPurpose,
  selectRepeated,
  selectTally,
  selectTriggered,
  writeTally,
} from "./statements.ts";

/** A judgment that was just written: the first of its assignment. */
interface Judged {
  readonly annotator: AnnotatorAtWork;
  readonly protocol: Protocol;
  readonly assignmentId: number;
  readonly choice: Choice;
  readonly activeMs: number;
  /** In ISO 8601. */
  readonly at: string;
}

/**
 * Looks at an annotator's work as a judgment arrives: counts it, writes down what rules of the protocol find, and pauses the
 * annotator where a rule says so. Each rule finds something about somebody once. Nothing is read where there are no rules.
 * The annotator's row must be locked in this transaction.
 */
export async function watch(tx: Transaction, judged: Judged): Promise<void> {
  const { annotator, protocol, assignmentId, at } = judged;
  const { rules = [] } = protocol;
  if (rules.length === 0) return;
  const who = { annotatorId: annotator.id };
  const tally = await count(tx, judged, rules);
  const known = new Set((await tx.run(selectTriggered, who)).map(keyOf));
  const left = rules.filter(({ signal, then }) => !known.has(keyOf({ signal, wanted: then })));
  if (left.length === 0) return;
  const [row] = await tx.run(selectPurpose, { assignmentId });
  const isCheck = row?.purpose === "check";
  const work: Work = {
    ...tally,
    ...(isCheck ? await passedBy(tx, who) : NO_CHECKS),
    repeats: row?.purpose === "repeat" ? await repeatedBy(tx, who) : NONE,
  };
  for (const rule of left) {
    const seen = foundBy(rule, work);
    if (seen !== null) await act(tx, { annotator, rule, seen, at });
  }
}

const keyOf = ({ signal, wanted }: { signal: string; wanted: string }): string => `${signal} ${wanted}`;

const NONE: Passed = { passed: 0, of: 0 };
const NO_CHECKS = { gold: NONE, attention: NONE };

async function count(tx: Transaction, judged: Judged, rules: readonly Rule[]): Promise<Tally> {
  const { annotator, assignmentId, choice, activeMs } = judged;
  const thresholds = rules.filter(({ signal }) => signal === "speed").map(({ threshold }) => threshold);
  const [texts] = thresholds.length > 0 ? await tx.run(selectJudgedTexts, { assignmentId }) : [];
  const [row] = await tx.run(selectTally, { annotatorId: annotator.id });
  const before = row ? { ...row, faster: JSON.parse(row.faster) as Tally["faster"] } : null;
  const speed = texts
    ? wordsOfPair(texts.turn, [texts.prompt, texts.left, texts.right]) / (activeMs / 60_000)
    : 0;
  const tally = withJudgment(before, { choice, speed, thresholds });
  await tx.run(writeTally, { ...tally, annotatorId: annotator.id, faster: JSON.stringify(tally.faster) });
  return tally;
}

/** Checks whose prompt's metadata has this, with any value but false, instruct what to choose. */
const INSTRUCTED = "attention_check";

async function passedBy(tx: Transaction, who: { annotatorId: number }) {
  const checks = (await tx.run(selectChecked, who)).map(({ better, choice, left, right, metadata }) => {
    const side = sideChosen(choice);
    const isInstructed = (JSON.parse(metadata) as Record<string, unknown>)[INSTRUCTED] ?? false;
    return {
      isPassed: (side === null ? null : { left, right }[side]) === better,
      isInstructed: isInstructed !== false && isInstructed !== "false",
    };
  });
  const sumOf = (list: typeof checks): Passed => ({
    passed: list.filter(({ isPassed }) => isPassed).length,
    of: list.length,
  });
  return {
    gold: sumOf(checks.filter(({ isInstructed }) => !isInstructed)),
    attention: sumOf(checks.filter(({ isInstructed }) => isInstructed)),
  };
}

async function repeatedBy(tx: Transaction, who: { annotatorId: number }): Promise<Passed> {
  const rows = await tx.run(selectRepeated, who);
  const isSame = ({ first, firstLeft, ...again }: (typeof rows)[number]) =>
    prefersSame(again, { choice: first, left: firstLeft });
  return { passed: rows.filter(isSame).length, of: rows.length };
}

/** Writes down what a rule found, and opens a look at the annotator's work where it pauses them. */
async function act(
  tx: Transaction,
  given: { annotator: AnnotatorAtWork; rule: Rule; seen: Seen; at: string },
): Promise<void> {
  const { annotator, rule, seen, at } = given;
  const row = { study_id: annotator.studyId, annotator_id: annotator.id };
  const took = await consequenceOf(tx, annotator.studyId, rule);
  const { id } = await tx.db
    .insertInto("rule_trigger")
    .values({
      ...row,
      ...{ signal: rule.signal, wanted: rule.then, took, rule: JSON.stringify(rule) },
      ...{ seen: JSON.stringify(seen), triggered_at: at, read_at: null },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (took !== "pause" && took !== "end") return;
  const latest = await latestReview(tx, annotator.id);
  if (latest !== undefined && latest.decision !== "go on") return; // one look at a time
  const open = { answer: null, decision: null, reason: null, decided_at: null };
  await tx.db
    .insertInto("review")
    .values({ ...row, ...open, trigger_id: id, opened_at: at })
    .execute();
}

/** What a rule does: where it has paused as many people as it may, it only notes. */
async function consequenceOf(
  { db, dialect }: Transaction,
  studyId: number,
  rule: Rule,
): Promise<Consequence> {
  const { signal, then, cap } = rule;
  if (cap === undefined || (then !== "pause" && then !== "end")) return then;
  // one after the other: of two who are found at once, only one may be the last
  await dialect.lockRows(db.selectFrom("study").select("id").where("id", "=", studyId)).execute();
  const { paused } = await db
    .selectFrom("rule_trigger")
    .select((e) => e.fn.countAll<number>().as("paused"))
    .where("study_id", "=", studyId)
    .where("signal", "=", signal)
    .where("wanted", "=", then)
    .where("took", "=", then)
    .executeTakeFirstOrThrow();
  return Number(paused) >= cap ? "note" : then;
}
