import fc from "fast-check";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { exportStudy, type ExportRequest } from "../../../server/export/export-study.ts";
import { unload } from "../../../server/loading/unload/unload.ts";
import type { AnswerRecord } from "../../../server/loading/reading/records.ts";
import type { LoadSource } from "../../../server/loading/source.ts";
import { verificationText } from "../../../server/commands/support/verification-text.ts";
import { takeSnapshot } from "../../../server/reports/snapshots.ts";
import { verifySnapshot } from "../../../server/reports/verify-snapshot.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { studyDetail } from "../../../server/studies/detail.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { times } from "../../support/effort.ts";
import { judgmentOf, plainDesk } from "../../support/study.ts";
import { contents, counted, fileOf, judgment, load, prompt, response } from "./loading-support.ts";

const NO_CALLS = {
  runs: 1,
  failures: [],
  promptTokens: 0,
  completionTokens: 0,
  dollars: null,
  dollarsPerJudgment: null,
};
const NO_MODELS = { reportedModels: [], templates: [], temperatures: [], flagged: 0, models: [] };

/** A model's judgment, and how many calls its file tells of. */
const calledJudgment = (row: number, calls: number, over: Parameters<typeof judgment>[1] = {}) =>
  judgment(row, {
    ...{
      annotator: "gpt",
      group: { name: "judges", kind: "model" },
      modelCalls: { ...NO_CALLS, ...NO_MODELS, calls },
    },
    ...over,
  });

const knownAnswer = (row: number, promptId: string): AnswerRecord => ({
  ...{ kind: "answer", row, promptId, promptTurns: null, turn: null },
  ...{ leftSystem: "A", rightSystem: "B", expected: "left" },
});

/** A file of each kind that builds on others, or has what others have, too. */
const FILES: readonly LoadSource[] = [
  fileOf("prompts", [prompt(1, "p1", "What is a fish?"), prompt(2, "p2", "And a bird?")]),
  fileOf("a", [response(1, "p1", "A", "It swims."), response(2, "p2", "A", "It flies.")]),
  fileOf("b", [
    response(1, "p1", "B", "Fins."),
    response(2, "p2", "B", "It sings."),
    response(3, "p3", "B", "?"),
  ]),
  fileOf("more of a", [response(1, "p2", "A", "It flies."), response(2, "p3", "A", "Yes.")]),
  fileOf("votes", [
    judgment(1, { judgmentId: "1", createdAt: "2026-01-02T00:00:00.000Z" }),
    judgment(2, { judgmentId: "2", promptId: "p2", choice: "tie", annotator: "bo" }),
    judgment(3, { judgmentId: "3", promptId: "p9", rightSystem: "C", annotator: "bo", excludedBy: "a bot" }),
  ]),
  fileOf("more votes", [
    judgment(1, { judgmentId: "2", promptId: "p2", choice: "tie", annotator: "bo" }),
    judgment(2, { judgmentId: "5", choice: "right", createdAt: "2026-01-01T00:00:00.000Z" }),
    judgment(3, {
      judgmentId: "6",
      promptId: "p2",
      annotator: "cy",
      group: { name: "authors", kind: "author" },
    }),
  ]),
  fileOf("a judge", [
    calledJudgment(1, 7),
    calledJudgment(2, 7, { promptId: "p2", leftSystem: "B", rightSystem: "A" }),
  ]),
  fileOf("the judge again", [calledJudgment(1, 9, { leftSystem: "B", rightSystem: "A" })]),
  fileOf("answers", [knownAnswer(1, "p1"), knownAnswer(2, "p2")]),
];

const EXPORTS = ["csv", "jsonl", "arena", "texts"] as const;

/** What others get of a study, each kind as lines in an order of their own. */
async function exportsOf(context: Context, study = "s"): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const as of EXPORTS) {
    let text = "";
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => ((text += String(chunk)), done()),
    });
    const request = {
      study,
      as,
      to: { stream },
      ties: "drop",
      spreadsheetSafe: false,
    } satisfies ExportRequest;
    await exportStudy(context, request);
    all[as] = text.split("\n");
  }
  return all;
}

/** Rows in an order of their own, and apart from them what a file says of a model's calls, which stands with its first judgment. */
function sorted(exports: Record<string, string[]>): string[] {
  const rows = ["jsonl", "arena", "texts"].flatMap((as) =>
    exports[as]!.flatMap((line) => {
      const text = line.trim().replace(/,$/, "");
      if (!text.startsWith("{")) return [];
      const { model_calls: calls, ...rest } = JSON.parse(text) as { model_calls?: object | null };
      return [rest, ...(calls ? [calls] : [])].map((one) => JSON.stringify(one));
    }),
  );
  return rows.sort();
}

const figuresOf = async (context: Context) => JSON.stringify(await buildFullReport(context, { study: "s" }));

/** Loads files one after another. @returns the number of each one's load; null where it brought nothing */
async function loadAll(context: Context, files: readonly LoadSource[]): Promise<(number | null)[]> {
  const numbers: (number | null)[] = [];
  for (const file of files) {
    const { done } = await load(context, file, { yes: true, reason: "more" });
    expect(done).toBe(true);
    const { loads } = await studyDetail(context, "s");
    const [latest] = loads;
    numbers.push(
      latest && !numbers.includes(latest.number) && latest.file === file.name ? latest.number : null,
    );
  }
  return numbers;
}

const noCopy = async () => null;
const take = (context: Context, loads: number[] | null, reason: string | null = null) =>
  unload(context, { study: "s", loads, reason, copy: noCopy, by: "test" });

/** Rows of the study but for those that say what was loaded and taken back. */
async function rowsOf(context: Context) {
  const all = Object.entries(await contents(context));
  const rows = Object.fromEntries(all.filter(([table]) => table !== "load" && table !== "study_change"));
  return context.database.read(async ({ db }) => ({
    ...rows,
    exclusion: await db.selectFrom("exclusion").selectAll().execute(),
    answers: await db.selectFrom("known_answer").selectAll().execute(),
    calls: await db.selectFrom("told_calls").selectAll().execute(),
    allotment: await db.selectFrom("allotment").selectAll().execute(),
  }));
}

async function newStudy(context: Context): Promise<void> {
  await createStudy(context, { name: "s", target: "A", baselines: ["B"], seed: "seed" });
}

describe.each(DATABASES)("unloading, on %s", (kind) => {
  it("everything leaves no row of it, in whatever order it was loaded", async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...FILES], { minLength: 1 }), async (files) => {
        const context = await testContext(kind);
        await newStudy(context);
        const before = {
          rows: await rowsOf(context),
          exports: await exportsOf(context),
          figures: await figuresOf(context),
        };
        await loadAll(context, files);
        await take(context, null);
        expect(await rowsOf(context)).toEqual(before.rows);
        expect(await exportsOf(context)).toEqual(before.exports);
        expect(await figuresOf(context)).toBe(before.figures);
        expect((await studyDetail(context, "s")).loads.every(({ state }) => state === "unloaded")).toBe(true);
      }),
      { numRuns: times(3) },
    );
  });

  it("one load after another, as far as nothing rests on it, leaves what a study has that never loaded it", async () => {
    const order = fc.shuffledSubarray([...FILES], { minLength: 2 });
    const wanted = fc.infiniteStream(fc.nat());
    await fc.assert(
      fc.asyncProperty(order, wanted, async (files, stream) => {
        const context = await testContext(kind);
        await newStudy(context);
        const numbers = await loadAll(context, files);
        let rest = files.map((file, i) => ({ file, number: numbers[i] ?? null }));
        for (const pick of stream.take(3)) {
          const one = rest[pick % rest.length]!;
          if (one.number === null) continue;
          const before = { ...(await exportsOf(context)) };
          const done = await take(context, [one.number]).catch((error: Error) => error.name);
          if (done === "UnloadRefused") {
            expect(await exportsOf(context)).toEqual(before);
            continue;
          }
          rest = rest.filter((other) => other !== one);
          const never = await testContext(kind);
          await newStudy(never);
          await loadAll(
            never,
            rest.map(({ file }) => file),
          );
          expect(sorted(await exportsOf(context))).toEqual(sorted(await exportsOf(never)));
          expect(await counted(context).then((rows) => rows.length)).toBe((await counted(never)).length);
          if (rest.length === 0) break;
        }
      }),
      { numRuns: times(4) },
    );
  });

  it("the latest load is as if it had never been, byte for byte, in an open study as well", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    await loadAll(context, FILES.slice(0, 3));
    await changeState(context, { study: "s", to: "open", by: "test" });
    // that it was loaded for a reason stays among the revisions
    const figures = async () =>
      JSON.stringify({
        ...(await buildFullReport(context, { study: "s" })),
        ...{ notes: [], revisions: undefined },
      });
    const before = {
      rows: await rowsOf(context),
      exports: await exportsOf(context),
      figures: await figures(),
    };
    const late = fileOf("late", [
      prompt(1, "p7", "A late one?"),
      response(2, "p7", "A", "Late."),
      response(3, "p7", "B", "Later."),
    ]);
    const [number] = await loadAll(context, [late]);
    expect(await figures()).not.toBe(before.figures);
    expect(await take(context, [number!])).toMatchObject({
      prompts: 1,
      responses: 2,
      judgments: 0,
      uncounted: 0,
    });
    expect(await rowsOf(context)).toEqual(before.rows);
    expect(await exportsOf(context)).toEqual(before.exports);
    expect(await figures()).toBe(before.figures);
  });

  it("is refused where files rest on it, says which, and takes them together", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const [prompts, a, b] = (await loadAll(context, FILES.slice(0, 3))) as number[];
    await expect(take(context, [prompts!])).rejects.toThrow(
      `load ${a} (a) has 2 outputs for its prompts; load ${b} (b) has 2 outputs for its prompts`,
    );
    expect(await take(context, [prompts!, a!, b!])).toMatchObject({ prompts: 2, responses: 5 });
    await expect(take(context, [a!])).rejects.toMatchObject({ name: "LoadNotFound" });
    expect(await take(context, null)).toMatchObject({ loads: [] });
  });

  it("is refused where people have judged it; with a reason their judgments stay, and count no more", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const [, a] = (await loadAll(context, FILES.slice(0, 3))) as number[];
    await changeState(context, { study: "s", to: "open", by: "test" });
    const [one] = await inviteAnnotators(context, { study: "s", group: "crowd", count: 1, by: "test" });
    const desk = plainDesk(context);
    const { buffer } = await desk.workFor(one!.token, []);
    const token = buffer[0]!;
    await recordJudgment(desk, one!.token, judgmentOf(token));
    await expect(take(context, [a!])).rejects.toThrow(
      "1 person has judged 1 pair with these texts; 1 assigned pair",
    );
    await takeSnapshot(context, { study: "s", reason: "test", by: "test" });
    let copied = 0;
    const copy = async () => (copied++, "before.backup");
    const done = await unload(context, {
      study: "s",
      loads: [a!],
      reason: "wrong settings",
      copy,
      by: "test",
    });
    expect(done).toMatchObject({ responses: 2, uncounted: 1, copy: "before.backup" });
    expect(copied).toBe(1);
    expect(await counted(context)).toEqual([]);
    const { judgment: kept, slot, study_change: changes } = await contents(context);
    expect(kept).toHaveLength(1);
    expect(slot).toEqual([]);
    expect(JSON.parse((changes!.at(-1) as { detail: string }).detail)).toMatchObject({
      ...{ reason: "wrong settings", uncounted: 1, copy: "before.backup" },
    });
    const report = await buildFullReport(context, { study: "s" });
    expect(report.judgments).toBe(0);
    const verified = verificationText(await verifySnapshot(context, { study: "s", number: null }));
    expect(verified).toContain("1 fewer count now: 0, where it had 1.");
    expect(verified).toContain("Unloaded since: a.");
    expect(report.notes).toContain(
      "1 judgment is in no figure, as what was judged was unloaded (wrong settings).",
    );
    const lines = (await exportsOf(context)).jsonl!.filter((line) => line !== "");
    expect(lines.map((line) => (JSON.parse(line) as { status: string }).status)).toEqual(["unloaded"]);
  });
});
