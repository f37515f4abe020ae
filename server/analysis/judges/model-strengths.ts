import { GRADES } from "../../contract/judge-method.ts";
import type { ModelCalls } from "../../contract/model-calls.ts";
import type { Reader } from "../../storage/database.ts";
import { compareCodeUnits } from "../rows/dense-ids.ts";

type Strength = NonNullable<ModelCalls["strengths"]>[number];

interface Row {
  readonly annotator: number;
  readonly left: string;
  readonly right: string;
  readonly grade: (typeof GRADES)[number] | null;
  readonly replies: number;
  readonly weighed: number;
  /** Of the preferences for the left response. */
  readonly sum: number | null;
}

/**
 * By how much models prefer, by the annotators' ids: of those asked for five steps or for probabilities. Every reply
 * counts, each order and each sample apart; repeats and what was corrected or unloaded do not. Systems stand by their
 * names, the first in code units as `system`. Must run within one `database.read`.
 */
export async function strengthsByAnnotator(
  { db }: Reader,
  studyId: number,
): Promise<Map<number, Strength[]>> {
  const rows: readonly Row[] = await db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .innerJoin("assignment as a", "a.id", "k.assignment_id")
    .innerJoin("system as l", "l.id", "a.left_system_id")
    .innerJoin("system as o", "o.id", "a.right_system_id")
    .select(["r.annotator_id as annotator", "l.name as left", "o.name as right", "k.grade"])
    .select(({ fn }) => [
      fn.countAll<number>().as("replies"),
      fn.count<number>("k.preference").as("weighed"),
      fn.sum<number | null>("k.preference").as("sum"),
    ])
    .where("r.study_id", "=", studyId)
    .where("k.state", "=", "answered")
    .where("a.ended_how", "=", "judged")
    .where("a.purpose", "not in", ["repeat", "corrected", "unloaded"])
    .where((e) => e.or([e("k.grade", "is not", null), e("k.preference", "is not", null)]))
    .groupBy(["r.annotator_id", "l.name", "o.name", "k.grade"])
    .execute();
  const annotators = [...new Set(rows.map(({ annotator }) => annotator))];
  return new Map(annotators.map((id) => [id, strengthsOf(rows.filter(({ annotator }) => annotator === id))]));
}

function strengthsOf(rows: readonly Row[]): Strength[] {
  const pairs = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.left, row.right].sort(compareCodeUnits));
    pairs.set(key, [...(pairs.get(key) ?? []), row]);
  }
  return [...pairs]
    .sort(([one], [other]) => compareCodeUnits(one, other))
    .map(([key, own]) => {
      const [system, against] = JSON.parse(key) as [string, string];
      return { system, against, ...figuresFor(system, own) };
    });
}

function figuresFor(system: string, rows: readonly Row[]): Omit<Strength, "system" | "against"> {
  const total = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
  const weighed = total((row) => Number(row.weighed));
  const preferred = total(({ left, weighed, sum }) => {
    const forLeft = Number(sum ?? 0);
    return left === system ? forLeft : Number(weighed) - forLeft;
  });
  const graded = rows.filter(({ grade }) => grade !== null);
  const steps = GRADES.map((_, step) =>
    graded
      .filter(
        ({ left, grade }) => GRADES.indexOf(grade!) === (left === system ? step : GRADES.length - 1 - step),
      )
      .reduce((all, { replies }) => all + Number(replies), 0),
  );
  return {
    replies: total(({ replies }) => Number(replies)),
    preference: weighed === 0 ? null : preferred / weighed,
    steps: graded.length === 0 ? null : steps,
  };
}

/** The same seen from the other system. */
export const turnedStrength = (strength: Strength): Strength => ({
  ...strength,
  ...{ system: strength.against, against: strength.system },
  preference: strength.preference === null ? null : 1 - strength.preference,
  steps: strength.steps && strength.steps.toReversed(),
});
