import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { TiebreakError } from "../../../server/contract/errors.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { openArrivals } from "../../../server/loading/arrivals.ts";
import { beginLoad } from "../../../server/loading/load-file.ts";
import { Pace } from "../../../server/loading/pace.ts";
import { rename } from "../../../server/loading/renaming/rename.ts";
import { clearHidden } from "../../../server/loading/storing/clear.ts";
import { unload } from "../../../server/loading/unload/unload.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { studyDetail } from "../../../server/studies/detail.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, plainDesk } from "../../support/study.ts";
import { contents, fileOf, load, prompt, response } from "./loading-support.ts";

const PROMPTS = Array.from({ length: 12 }, (_, i) => `p${i}`);
const outputs = (system: string, prompts = PROMPTS) =>
  prompts.map((id, i) => response(i + 1, id, system, `${system} answers ${id}.`));

async function material(kind: (typeof DATABASES)[number]) {
  const context = await testContext(kind);
  await createStudy(context, { name: "s", target: "A", baselines: ["B"], seed: "seed" });
  const prompts = PROMPTS.map((id, i) => prompt(i + 1, id, `Question ${id}?`));
  await load(context, fileOf("prompts", prompts));
  await load(context, [fileOf("a", outputs("A")), fileOf("b", outputs("B"))]);
  return context;
}

/** Everybody judges what they hold until nothing comes any more. @returns how many judgments were accepted */
async function judgeAll(context: Context, people: number): Promise<number> {
  const invited = await inviteAnnotators(context, { study: "s", group: "crowd", count: people, by: "test" });
  const desk = plainDesk(context);
  const each = invited.map(async ({ token }) => {
    let judged = 0;
    for (let [next] = (await desk.workFor(token, [])).buffer; next;) {
      const recorded = await recordJudgment(desk, token, judgmentOf(next)).catch((error: unknown) => {
        if (!(error instanceof TiebreakError)) throw error;
        return null;
      });
      if (recorded) judged++;
      const [after] = (await desk.workFor(token, [])).buffer;
      next = after === next ? undefined : after;
    }
    return judged;
  });
  return (await Promise.all(each)).reduce((sum, judged) => sum + judged, 0);
}

const numberOf = async (context: Context, file: string): Promise<number> =>
  (await studyDetail(context, "s")).loads.find((one) => one.file === file)!.number;
const taking = (loads: number[], reason: string | null = null) => ({
  ...{ study: "s", loads, reason, copy: async () => null, by: "test" },
});

describe.each(DATABASES)("corrections meanwhile, on %s", (kind) => {
  it("what people judge is unloaded under their hands, and nothing of it is left to judge or to count", async () => {
    const context = await material(kind);
    const b = await numberOf(context, "b");
    await changeState(context, { study: "s", to: "open", by: "test" });
    await Promise.all([judgeAll(context, 6), unload(context, taking([b], "wrong settings"))]);
    const rows = await contents(context);
    expect(rows.slot).toEqual([]);
    expect(rows.assignment!.every((row) => (row as { ended_at: string | null }).ended_at !== null)).toBe(
      true,
    );
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(0);
  });

  it("systems become one while people judge, and every judgment counts", async () => {
    const context = await material(kind);
    await load(
      context,
      fileOf(
        "again",
        outputs("A", PROMPTS.slice(0, 3)).map((one) => ({ ...one, system: "A2" })),
      ),
    );
    await changeState(context, { study: "s", to: "open", by: "test" });
    const renaming = { what: "system", from: "A2", to: "A" } as const;
    const [judged] = await Promise.all([
      judgeAll(context, 6),
      rename(context, { study: "s", renamings: [renaming], merge: true, reason: "one model", by: "test" }),
    ]);
    expect(judged).toBeGreaterThan(0);
    const report = await buildFullReport(context, { study: "s" });
    expect(report.judgments + report.surplus).toBe(judged);
  });

  it("a prompt that got an output meanwhile stays with it, and no row stands in the way of what is deleted", async () => {
    const context = await material(kind);
    const { id: studyId } = await context.database.read(({ db }) =>
      db.selectFrom("study").select("id").executeTakeFirstOrThrow(),
    );
    await load(context, fileOf("late", [prompt(1, "late", "A late one?")]));
    const number = await numberOf(context, "late");
    const pace = new Pace(context.clock, () => "perhaps");
    const run = await beginLoad(context, { studyId, file: "next", contentHash: "next" }, pace);
    const promptId = await context.database.transact(async ({ db }) => {
      await db.updateTable("load").set({ state: "held" }).where("id", "=", number).execute();
      const of = db.selectFrom("prompt").select("id").where("external_id", "=", "late");
      return (await of.executeTakeFirstOrThrow()).id;
    });
    const arrivals = await openArrivals(context, {
      study: { id: studyId, name: "s" },
      name: "gpt",
      by: "test",
      reason: "more",
    });
    if ("aliveAt" in arrivals) throw new Error("nobody else is here");
    const output = { prompt: { id: promptId, name: "late" }, system: "A", turns: ["It came."], metadata: {} };
    expect(await arrivals.store(output)).toBe(true);
    await clearHidden(context, run, pace);
    const { prompt: left } = await contents(context);
    expect(left).toContainEqual(expect.objectContaining({ external_id: "late", load_id: null }));
  });
});

describe("unloading that fails halfway", () => {
  it("is finished by the next load, which finds nothing of it", async () => {
    const context = await material("sqlite");
    const b = await numberOf(context, "b");
    const run = (statement: string) => context.database.transact(({ db }) => sql.raw(statement).execute(db));
    await run("create trigger no_room before delete on response begin select raise(abort, 'no room'); end");
    await expect(unload(context, taking([b]))).rejects.toThrow("no room");
    await run("drop trigger no_room");
    context.advance(20_000);
    const again = await load(context, fileOf("b again", outputs("B")));
    expect(again.files[0]).toMatchObject({ outcome: "published", responses: { new: PROMPTS.length } });
    const { loads } = await studyDetail(context, "s");
    expect(loads.find(({ number }) => number === b)).toMatchObject({ state: "unloaded" });
  });
});
