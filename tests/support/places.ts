import { expect } from "vitest";
import type { Context } from "../../server/context.ts";
import { buildReport } from "../../server/reports/report.ts";
import { exclude, lift } from "../../server/assignments/exclude.ts";
import { recordJudgment } from "../../server/judgments/record.ts";
import { studyDetail } from "../../server/studies/detail.ts";
import { changeState } from "../../server/studies/study.ts";
import { judgmentOf, type Made } from "./study.ts";

/** The name that an invited annotator bears, by their place among the tokens. */
export const nameOf = (annotator: number) => `annotator-${annotator + 1}`;
export const leaveOut = (context: Context, ...annotators: number[]) =>
  exclude(context, { study: "s", annotators: annotators.map(nameOf), rule: "too quick", by: "test" });
export const bringBack = (context: Context, ...annotators: number[]) =>
  lift(context, { study: "s", annotators: annotators.map(nameOf), by: "test" });
export const close = (context: Context) => changeState(context, { study: "s", to: "closed", by: "test" });

/** Judges up to so many pairs; returns what was judged, and how it ended. */
export async function judge({ desk, tokens }: Made, annotator: number, most = 1000) {
  const token = tokens[annotator]!;
  const done: string[] = [];
  let work = await desk.workFor(token, []);
  while (work.state === "work" && done.length < most) {
    done.push(work.buffer[0]!);
    work = (await recordJudgment(desk, token, judgmentOf(work.buffer[0]!))).work;
  }
  return { done, work };
}

/** Who holds each slot of a database: the annotator's name by the slot's id, where anybody does. */
export async function holders({ database }: Pick<Context, "database">): Promise<Map<number, string>> {
  const rows = await database.read(({ db }) =>
    db
      .selectFrom("slot as s")
      .innerJoin("assignment as a", "a.id", "s.counted_assignment_id")
      .innerJoin("annotator as r", "r.id", "a.annotator_id")
      .select(["s.id", "r.external_id as name"])
      .execute(),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/**
 * A slot is held by one of its judgments whose annotator is not left out, where there is one, and else by nobody; what
 * counts are these judgments and no others; and everything that says how far the study is says so.
 */
export async function expectPlacesHold(context: Context, study = "s"): Promise<void> {
  const { slots, judged, counted } = await context.database.read(async ({ db }) => ({
    slots: await db.selectFrom("slot").select(["id", "counted_assignment_id as holder"]).execute(),
    judged: await db
      .selectFrom("assignment as a")
      .leftJoin("exclusion as e", (join) =>
        join.onRef("e.annotator_id", "=", "a.annotator_id").on("e.lifted_at", "is", null),
      )
      .select(["a.id", "a.slot_id as slot", "e.rule"])
      .where("a.ended_how", "=", "judged")
      .where("a.slot_id", "is not", null)
      .execute(),
    counted: await db.selectFrom("counted_judgment").select("assignment_id as id").execute(),
  }));
  for (const { id, holder } of slots) {
    const those = judged.filter(({ slot, rule }) => slot === id && rule === null).map((one) => one.id);
    if (holder === null) expect(those).toEqual([]);
    else expect(those).toContain(holder);
  }
  const held = slots.flatMap(({ holder }) => (holder === null ? [] : [holder])).sort((a, b) => a - b);
  expect(counted.map(({ id }) => id).sort((a, b) => a - b)).toEqual(held);
  const [detail, report] = [await studyDetail(context, study), await buildReport(context, { study })];
  expect(detail.judged).toBe(held.length);
  expect(detail.progress.reduce((sum, one) => sum + one.judged, 0)).toBe(held.length);
  expect(detail.groups.reduce((sum, one) => sum + one.judged, 0)).toBe(held.length);
  expect(report.slots).toEqual({ wanted: slots.length, judged: held.length });
  expect(report.judgments).toBe(held.length);
}

/** Only what was judged already may be refused. */
export function expectFinal(error: Error): void {
  expect(error.name).toBe("JudgmentFinal");
}
