import { describe, expect, it, vi } from "vitest";
import type { FullReport } from "../../../server/contract/report.ts";
import type { Choice } from "../../../server/contract/words.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { randomBelow, seededRandom } from "../../../server/statistics/resampling/random.ts";
import { reportsHere } from "../../../server/reports/report-service.ts";
import { ReportBuilder } from "../../../server/reports/report.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { readAgainOrAnew } from "../../../server/reports/study-reader.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";
import { type GivenJudgment, StudyRows } from "../../support/study-rows.ts";

const SYSTEMS = ["a", "b", "c", "d"];
const CHOICES: Choice[] = ["left", "tie", "right", "both_bad"];

/** Judgments of all sorts, none of them the same as another: `round` says where they begin. */
function judgments(round: number, count: number): GivenJudgment[] {
  const random = seededRandom(`round ${round}`);
  const pick = <T>(values: readonly T[]): T => values[randomBelow(random, values.length)]!;
  return Array.from({ length: count }, (_, i) => {
    const left = pick(SYSTEMS);
    const right = pick(SYSTEMS.filter((name) => name !== left));
    const annotator = `${["m", "x", "b"][i % 3]}${i % 5}`;
    return {
      ...{ prompt: `p${(i * 7) % 17}`, turn: 1 + round * 100 + i, left, right, choice: pick(CHOICES) },
      ...{ annotator, group: i % 3 === 0 ? "model" : "crowd", surplus: i % 11 === 5 },
      ...(i % 13 === 1 ? { revisions: [pick(CHOICES)] } : {}),
    };
  });
}

/** Rows that a test writes have neither texts nor allotments, which handed-out ones have. */
const simplified = ({ report, dataHash }: { report: FullReport; dataHash: string }) => ({
  report: { ...report, notes: [], slots: null },
  dataHash,
});

const GIVEN = {
  name: "s",
  systems: SYSTEMS,
  groups: [
    { name: "crowd", kind: "crowd" as const },
    { name: "model", kind: "model" as const },
  ],
};

describe.each(DATABASES)("a report that was read before, on %s", (kind) => {
  it("is the same as one that is read anew, whatever came in", async () => {
    const context = await testContext(kind);
    const rows = new StudyRows(context, GIVEN).judge(...judgments(0, 60));
    await rows.write();
    const builder = new ReportBuilder(context);
    await builder.report({ study: "s" });
    for (let round = 1; round <= 4; round++) {
      await rows.judge(...judgments(round, 5 * round)).write();
      const kept = await builder.fullWithHash({ study: "s" });
      const anew = await new ReportBuilder(context).fullWithHash({ study: "s" });
      expect(simplified(kept)).toEqual(simplified(anew));
    }
  });

  it("plans the judgments of the headline alone: visitors' neither fill the plan nor are missing from it", async () => {
    const context = await testContext(kind);
    const wanted = { kind: "crowd", sharedJudgments: 1, judgmentsPerAnnotator: null } as const;
    const groups = [
      { ...wanted, name: "visitors", judgments: 20, headline: false },
      { ...wanted, name: "crowd", judgments: 1, headline: true },
    ];
    const shape = { prompts: 2, baselines: 2, annotators: 1, protocol: { groups } };
    const { desk, tokens } = await openStudy(context, shape);
    const [invited] = await inviteAnnotators(context, { study: "s", group: "crowd", count: 1, by: "test" });
    const builder = new ReportBuilder(context);
    const judged = async (token: string) => {
      const { buffer } = await desk.workFor(token, []);
      await recordJudgment(desk, token, judgmentOf(buffer[0]!));
      const kept = await builder.report({ study: "s" });
      expect(kept).toEqual(await new ReportBuilder(context).report({ study: "s" }));
      return kept;
    };
    await judged(tokens[0]!);
    await judged(invited!.token);
    expect((await judged(tokens[0]!)).slots).toEqual({ wanted: 4, judged: 1 });
    expect((await judged(invited!.token)).slots).toEqual({ wanted: 4, judged: 2 });
    await judged(invited!.token);
    const whole = await judged(invited!.token);
    expect([whole.slots, whole.analysis.status]).toEqual([{ wanted: 4, judged: 4 }, "confirmatory"]);
  });

  it("is the same where people judge what they are handed, the one before the other", async () => {
    const context = await testContext(kind);
    const shape = { prompts: 6, baselines: 2, annotators: 3 };
    const { desk, tokens } = await openStudy(context, shape);
    const builder = new ReportBuilder(context);
    for (let round = 0; round < 5; round++) {
      for (const token of tokens) {
        const { buffer } = await desk.workFor(token, []);
        if (buffer[0] === undefined) continue; // all is judged
        await recordJudgment(desk, token, judgmentOf(buffer[0], round % 2 === 0 ? "tie" : "left"));
        const kept = await builder.report({ study: "s" });
        expect(kept).toEqual(await new ReportBuilder(context).report({ study: "s" }));
      }
    }
  });

  it("has blocks that are made once, and anew when somebody has judged or another question is asked", async () => {
    const context = await testContext(kind);
    const rows = new StudyRows(context, GIVEN).judge(...judgments(0, 60));
    const reports = reportsHere(context);
    const reads = vi.spyOn(context.database, "read");
    const asked = (["agreement", "byAnnotator"] as const).flatMap((part) => [
      { study: "s", part },
      { study: "s", part, without: ["x1"] },
    ]);
    for (let round = 1; round <= 2; round++) {
      await rows.judge(...judgments(round, 10)).write();
      const first: string[] = [];
      for (const request of asked) {
        first.push(await reports.answer(request));
        expect(first.at(-1)).toBe(await reportsHere(context).answer(request));
      }
      for (const [i, request] of asked.entries()) {
        reads.mockClear();
        expect(await reports.answer(request)).toBe(first[i]);
        expect(reads).toHaveBeenCalledTimes(1); // whether anything changed
      }
    }
  });

  it("is brought up to date, and not read anew", async () => {
    const context = await testContext(kind);
    const rows = new StudyRows(context, GIVEN).judge(...judgments(0, 60));
    await rows.write();
    const read = (known?: Awaited<ReturnType<typeof readAgainOrAnew>>) =>
      context.database.read((reader) => readAgainOrAnew(reader, "s", { known, times: true }));
    const first = await read();
    expect(await read(first)).toBe(first);
    first.figures.set("0 1", new Map()).set("2 3", new Map());
    await rows.judge({ ...judgments(1, 1)[0]!, left: "b", right: "a" }).write();
    const second = await read(first);
    expect(second.data.prompts).toBe(first.data.prompts);
    expect(second.data.rows.count).toBe(first.data.rows.count + 1);
    expect([...second.figures.keys()]).toEqual(["2 3"]);
  });

  it("sees corrections, exclusions and annotators who came since", async () => {
    const context = await testContext(kind);
    const rows = new StudyRows(context, GIVEN).judge(...judgments(0, 60));
    await rows.write();
    const builder = new ReportBuilder(context);
    const before = await builder.report({ study: "s" });
    const assignment = await context.database.read(({ db }) =>
      db
        .selectFrom("counted_judgment")
        .select(["assignment_id", "annotator_id", "choice"])
        .executeTakeFirstOrThrow(),
    );
    await context.database.transact(({ db }) =>
      db
        .insertInto("judgment")
        .values({
          ...{ assignment_id: assignment.assignment_id, annotator_id: assignment.annotator_id, revision: 9 },
          ...{ choice: assignment.choice === "tie" ? "left" : "tie", request_key: "again" },
          received_at: "2026-02-01T00:00:00.000Z",
        })
        .execute(),
    );
    const same = async () => {
      const kept = await builder.report({ study: "s" });
      const anew = await new ReportBuilder(context).report({ study: "s" });
      expect({ ...kept, notes: [], slots: null }).toEqual({ ...anew, notes: [], slots: null });
      return kept;
    };
    const corrected = await same();
    expect(corrected.judgments).toBe(before.judgments);
    expect(corrected.pairs).not.toEqual(before.pairs);
    await rows.judge({ ...judgments(7, 1)[0]!, annotator: "aa newcomer" }).write();
    expect((await same()).annotators).toBe(before.annotators + 1);
    await rows.exclude("x1", "slept").write();
    expect((await same()).judgments).toBeLessThan(before.judgments);
  });
});
