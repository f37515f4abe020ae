import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { join } from "../../../server/participants/join.ts";
import { inviteAnnotators, makeOpenLink } from "../../../server/studies/annotators.ts";
import { DEFAULT_GROUP } from "../../../server/studies/default-protocol.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { addMaterial, openStudy } from "../../support/study.ts";

const to = (group: string, study = "s") => ({ study, group, by: "test" });
const annotators = (context: Context) =>
  context.database.read(({ db }) => db.selectFrom("annotator").select("id").execute());
const move = (context: Context, state: "open" | "paused" | "closed") =>
  changeState(context, { study: "s", to: state, by: "test" });

/** Both ways to invite must refuse alike. */
async function expectRefused(context: Context, invitation: ReturnType<typeof to>, message: RegExp) {
  for (const way of [
    () => inviteAnnotators(context, { ...invitation, count: 2 }),
    () => makeOpenLink(context, invitation),
  ]) {
    await expect(way()).rejects.toThrow(message);
  }
  expect(await annotators(context)).toEqual([]);
}

describe.each(DATABASES)("inviting on %s", (kind) => {
  it("waits until the study is open, and says so by name", async () => {
    const context = await testContext(kind);
    await createStudy(context, { name: "my study", target: "t", baselines: ["b"] });
    const command = /Open it first:\n {2}npx tiebreak study open "my study"/;
    await expectRefused(context, to("crowd", "my study"), command);
    await expectRefused(
      context,
      to("nobody", "my study"),
      /There is no group “nobody”. Existing groups: crowd/,
    );
  });

  it("is over when the study is closed, by links made before as well", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 1, annotators: 0 });
    const link = await makeOpenLink(context, to("crowd"));
    await move(context, "paused");
    await join(context, { link, query: "" });
    await move(context, "closed");
    await expect(join(context, { link, query: "" })).rejects.toMatchObject({
      name: "StudyClosed",
      status: 409,
    });
    expect(await annotators(context)).toHaveLength(1);
    const invited = inviteAnnotators(context, { ...to("crowd"), count: 1 });
    await expect(invited).rejects.toThrow("The study “s” is closed");
    await expect(makeOpenLink(context, to("crowd"))).rejects.toMatchObject({ name: "InvitationRefused" });
  });

  it("is refused where a group has nothing to judge, and names those that have", async () => {
    const context = await testContext(kind);
    const idle = { ...DEFAULT_GROUP, name: "idle", judgments: 0 };
    const protocol = { groups: [idle, DEFAULT_GROUP] };
    await createStudy(context, { name: "s", target: "t", baselines: ["b"], protocol });
    await addMaterial(context, "s", { prompts: 2, systems: ["t", "b"] });
    const loaded = { name: "loaded", kind: "crowd" as const, headline: 1, open_token_hash: null };
    await context.database.transact(async ({ db }) => {
      const study = await db.selectFrom("study").select("id").executeTakeFirstOrThrow();
      await db
        .insertInto("annotator_group")
        .values({ ...loaded, study_id: study.id })
        .execute();
    });
    await move(context, "open");
    for (const group of ["idle", "loaded"]) {
      await expectRefused(context, to(group), /has nothing to judge.*Groups with pairs to judge: crowd\./);
    }
  });
});
