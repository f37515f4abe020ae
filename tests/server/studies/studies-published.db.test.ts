import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { pageOfStudies, studyDetail } from "../../../server/studies/detail.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { fileOf, load, MATERIAL, newStudy } from "../loading/loading-support.ts";

/** The rows that a killed load has left: two prompts, a system and an output of it, nothing published. */
async function breakOff(context: Context, state: "running" | "failed"): Promise<void> {
  await context.database.transact(async ({ db }) => {
    const study = await db.selectFrom("study").select("id").executeTakeFirstOrThrow();
    const common = { study_id: study.id };
    const times = { started_at: "2026", heartbeat_at: "2026", ended_at: null };
    const { id: load_id } = await db
      .insertInto("load")
      .values({ ...common, ...times, state, file_name: "half", content_hash: "h", report: null })
      .returning("id")
      .executeTakeFirstOrThrow();
    const prompts = ["q1", "q2"].map((external_id) => ({ ...common, external_id, load_id }));
    await db.insertInto("prompt").values(prompts).execute();
    const system = { ...common, name: "half", display_name: "half", role: "contender" as const, load_id };
    await db.insertInto("system").values(system).execute();
  });
}

describe.each(DATABASES)("a study’s counts on %s", (kind) => {
  it.each(["running", "failed"] as const)("leave out the rows of a load that is %s", async (state) => {
    const context = await testContext(kind);
    await newStudy(context);
    await load(context, fileOf("f", MATERIAL));
    await breakOff(context, state);
    const [summary] = (await pageOfStudies(context, {})).studies;
    expect(summary).toMatchObject({ prompts: 2, systems: 2 });
    expect(await studyDetail(context, "s")).toMatchObject({
      prompts: 2,
      systems: 2,
      systemList: [
        { name: "A", responses: 2 },
        { name: "B", responses: 2 },
      ],
      loads: [{ file: "half", state }, { file: "f" }],
    });
  });
});
