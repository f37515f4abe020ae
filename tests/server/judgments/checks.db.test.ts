import fs from "node:fs";
import { describe, expect, it } from "vitest";
import type { AssignmentService } from "../../../server/assignments/assignment-service.ts";
import type { Context } from "../../../server/context.ts";
import type { Work } from "../../../server/contract/judging.ts";
import { earlierJudgment } from "../../../server/judgments/earlier.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, plainDesk } from "../../support/study.ts";
import { exported, loadInto, newPath, rowsOf } from "../export/export-support.ts";

const PROMPTS = Array.from({ length: 24 }, (_, i) => `p${i}`);
/** Prompts that only checks are about. */
const CHECKED = Array.from({ length: 5 }, (_, i) => `c${i}`);
const EVERY = 6;

function fileOf(rows: readonly object[]): string {
  const file = newPath("jsonl");
  fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
}

const prompts = () =>
  fileOf([...PROMPTS, ...CHECKED].map((id) => ({ prompt_id: id, prompt: `Question ${id}` })));
const outputs = () =>
  fileOf([
    ...["t", "b"].flatMap((system) =>
      PROMPTS.map((id) => ({ prompt_id: id, system, output: `${system} to ${id}` })),
    ),
    ...["b", "spoilt"].flatMap((system) =>
      CHECKED.map((id) => ({ prompt_id: id, system, output: `${system} to ${id}` })),
    ),
  ]);
const answer = (id: string, expected = "right") => ({
  ...{ prompt_id: id, left_system: "spoilt", right_system: "b", expected_choice: expected },
});
const answers = () => fileOf(CHECKED.map((id) => answer(id)));

async function draft(context: Context, name = "s", checks?: { every: number }): Promise<void> {
  await createStudy(context, { name, seed: "seed", target: "t", baselines: ["b"], protocol: { checks } });
}

async function openWithChecks(context: Context, annotators: number) {
  await draft(context, "s", { every: EVERY });
  await loadInto(context, "s", [prompts(), outputs(), answers()], null, { made: true });
  await changeState(context, { study: "s", to: "open", by: "test" });
  const made = await inviteAnnotators(context, { study: "s", group: "crowd", count: annotators, by: "test" });
  return { desk: plainDesk(context), tokens: made.map(({ token }) => token) };
}

const isCheck = (left: string, right: string) => `${left}${right}`.includes("spoilt");

/** Judges everything with `say`. @returns what was shown, in order, and what the pages said of progress */
async function judgeAll(
  desk: AssignmentService,
  token: string,
  say: (left: string, right: string) => Answer,
) {
  const shown: { left: string; right: string; view: Work["assignments"][number] }[] = [];
  const progress: Work["progress"][] = [];
  let work = await desk.workFor(token, []);
  const views = new Map(work.assignments.map((view) => [view.assignment, view]));
  while (work.buffer.length > 0) {
    progress.push(work.progress);
    const view = views.get(work.buffer[0]!)!;
    const [left, right] = [view.left.join(), view.right.join()];
    shown.push({ left, right, view });
    const request = judgmentOf(view.assignment, say(left, right), work.buffer.slice(1));
    ({ work } = await recordJudgment(desk, token, request));
    for (const one of work.assignments) views.set(one.assignment, one);
  }
  return { shown, progress, end: work };
}

type Answer = "left" | "tie" | "right";
const careful = (left: string): Answer => (left.includes("spoilt") ? "right" : "left");

const checksOf = async (context: Context, study = "s") => {
  const { byAnnotator } = await buildFullReport(context, { study });
  return byAnnotator.map(({ checks }) => checks);
};

describe.each(DATABASES)("checks with known answers, on %s", (kind) => {
  it("come once in every stretch of pairs, at places of each annotator's own, and look like any other pair", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openWithChecks(context, 2);
    const [mine = "", theirs = ""] = tokens;
    const { shown, progress, end } = await judgeAll(desk, mine, careful);
    const pairs = shown.filter(({ left, right }) => !isCheck(left, right)).length;
    expect(pairs).toBe(24);
    expect(shown).toHaveLength(24 + 4);
    let since = 0;
    const gaps = shown.flatMap(({ left, right }) => {
      if (!isCheck(left, right)) return (since++, []);
      return [Math.floor((since - 1) / EVERY)];
    });
    expect(gaps).toEqual([0, 1, 2, 3]);
    expect(new Set(shown.map(({ view }) => Object.keys(view).join()))).toEqual(
      new Set(["assignment,prompt,left,right"]),
    );
    expect(JSON.stringify(shown.map(({ view }) => Object.keys(view)))).not.toContain("check");
    expect(progress.map(({ judged }) => judged)).toEqual(Array.from(shown.keys()));
    expect(new Set(progress.map(({ of }) => of))).toEqual(new Set([28]));
    expect(end).toMatchObject({ state: "done", progress: { judged: 28, of: 28 } });
    const places = (seen: typeof shown) => seen.map(({ left, right }) => isCheck(left, right));
    const other = await judgeAll(desk, theirs, careful);
    expect(other.shown).toHaveLength(0); // one judgment of each comparison was wanted
    expect(places(shown).filter(Boolean)).toHaveLength(4);
  });

  it("are told for every annotator and enter no other figure", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openWithChecks(context, 1);
    let turn = 0;
    const { shown } = await judgeAll(desk, tokens[0]!, (left, right) =>
      isCheck(left, right) && turn++ === 0 ? "tie" : careful(left),
    );
    expect(await checksOf(context)).toEqual([{ passed: 3, of: 4 }]);
    const report = await buildFullReport(context, { study: "s" });
    expect(report).toMatchObject({ judgments: 24, comparisons: 24, repeats: 0, surplus: 0 });
    expect(report.slots).toEqual({ wanted: 24, judged: 24 });
    expect(report.pairs.map(({ against }) => against)).toEqual(["b", "b"]);
    expect(JSON.stringify([report.pairs, report.position, report.agreement])).not.toContain("spoilt");
    expect(shown.filter(({ left, right }) => isCheck(left, right))).toHaveLength(4);
  });

  it("are gone back to and changed as any other pair is", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openWithChecks(context, 1);
    const [token = ""] = tokens;
    const { shown } = await judgeAll(desk, token, () => "tie");
    expect(await checksOf(context)).toEqual([{ passed: 0, of: 4 }]);
    const back: string[] = [];
    for (let before: string | null = null; ;) {
      const { earlier } = await earlierJudgment(desk, token, before);
      if (!earlier) break;
      back.push(earlier.view.assignment);
      before = earlier.view.assignment;
    }
    expect(back).toEqual(shown.map(({ view }) => view.assignment).reverse());
    const check = shown.find(({ left, right }) => isCheck(left, right))!;
    await recordJudgment(desk, token, judgmentOf(check.view.assignment, careful(check.left)));
    expect(await checksOf(context)).toEqual([{ passed: 1, of: 4 }]);
  });

  it("are handed out once each, however many devices ask at once", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openWithChecks(context, 3);
    for (let round = 0; round < 12; round++) {
      await Promise.all(
        tokens.flatMap((token) =>
          Array.from({ length: 3 }, async () => {
            const { buffer } = await desk.workFor(token, []);
            if (buffer[0]) await recordJudgment(desk, token, judgmentOf(buffer[0]));
          }),
        ),
      );
    }
    const rows = await context.database.read(({ db }) =>
      db
        .selectFrom("assignment")
        .select(["annotator_id as annotator", "comparison_id as comparison", "ordinal"])
        .where("purpose", "=", "check")
        .execute(),
    );
    expect(rows.length).toBeGreaterThanOrEqual(3);
    expect(new Set(rows.map(({ annotator, comparison }) => `${annotator} ${comparison}`)).size).toBe(
      rows.length,
    );
  });

  it("are refused at opening where there are none, with all pairs, and on what is compared", async () => {
    const context = await testContext(kind);
    const open = (study: string) => changeState(context, { study, to: "open", by: "test" });
    await draft(context, "none", { every: 5 });
    await loadInto(context, "none", [prompts(), outputs()], null, { made: true });
    await expect(open("none")).rejects.toThrow("no gold-standard answers are loaded");
    await createStudy(context, { name: "all", protocol: { pairs: "all", checks: { every: 5 } } });
    await loadInto(context, "all", [prompts(), outputs(), answers()], null, { made: true });
    await expect(open("all")).rejects.toThrow("Checks need a target and baselines");
    await draft(context, "clash", { every: 5 });
    const clash = fileOf([{ ...answer("p1"), left_system: "t" }]);
    await loadInto(context, "clash", [prompts(), outputs(), clash], null, { made: true });
    await expect(open("clash")).rejects.toThrow("A known answer is about t and b, which the study compares");
  });

  it("load once: again they are unchanged, and another answer for the same is an error", async () => {
    const context = await testContext(kind);
    await draft(context);
    const first = await loadInto(context, "s", [prompts(), outputs(), answers()], null, { made: true });
    expect(first.files.map((file) => file.answers.new)).toEqual([0, 0, 5]);
    const names = CHECKED.map((id) => ({
      ...{ prompt_id: id, system_a: "b", system_b: "spoilt", expected_winner: "b" },
    }));
    const again = await loadInto(context, "s", [fileOf(names)], null, { made: true });
    expect(again.files[0]).toMatchObject({
      outcome: "unchanged",
      answers: { read: 5, new: 0, unchanged: 5 },
    });
    await expect(
      loadInto(context, "s", [fileOf([answer("c0", "tie")])], null, { made: true }),
    ).rejects.toThrow("KnownAnswerConflict");
    await expect(
      loadInto(context, "s", [fileOf([answer("c0", "maybe")])], null, { made: true }),
    ).rejects.toThrow("ChoiceUnknown");
  });

  it("judged elsewhere count beside their known answers, and come back from an export", async () => {
    const context = await testContext(kind);
    await draft(context);
    const judged = (id: string, over: object) => ({
      ...{ prompt_id: id, left_system: "t", right_system: "b", choice: "left", annotator: "w" },
      ...over,
    });
    const file = fileOf([
      ...PROMPTS.map((id) => judged(id, {})),
      judged("c0", { ...answer("c0"), choice: "right" }),
      judged("c1", { ...answer("c1"), choice: "left" }),
      judged("c2", { ...answer("c2", "tie"), choice: "both_bad" }),
    ]);
    await loadInto(context, "s", [file], null, { made: true });
    expect(await checksOf(context)).toEqual([{ passed: 2, of: 3 }]);
    expect(await buildFullReport(context, { study: "s" })).toMatchObject({ judgments: 24 });
    const out = await exported(context, "jsonl", { study: "s" });
    expect(rowsOf(out.text).flatMap((row) => row.expected_choice ?? [])).toEqual(["right", "right", "tie"]);
    await draft(context, "again");
    await loadInto(context, "again", [out.file], null, { made: true });
    expect(await checksOf(context, "again")).toEqual([{ passed: 2, of: 3 }]);
    const csv = await exported(context, "csv", { study: "s" });
    await draft(context, "csv");
    await loadInto(context, "csv", [csv.file], null, { made: true });
    expect(await checksOf(context, "csv")).toEqual([{ passed: 2, of: 3 }]);
  });
});
