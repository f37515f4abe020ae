import { describe, expect, it } from "vitest";
import type { AssignmentService } from "../../../server/assignments/assignment-service.ts";
import type { Context } from "../../../server/context.ts";
import { eraseByName } from "../../../server/leaving/erase.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { finishOf } from "../../../server/participants/finish.ts";
import { join } from "../../../server/participants/join.ts";
import { setPlatform } from "../../../server/participants/set-platform.ts";
import { welcome } from "../../../server/participants/welcome.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { addMaterial, judgmentOf, plainDesk } from "../../support/study.ts";
import { AT, count, crowdOf, pid, queryOf } from "./participants-support.ts";

interface Shape {
  readonly prompts: number;
  readonly unseen?: true;
  readonly notAfter?: readonly string[];
  readonly turns?: "each";
}

/** An open study of the same prompts as every other one here, on Prolific. @returns the link of its address */
async function studyNamed(context: Context, study: string, shape: Shape): Promise<string> {
  const { prompts, unseen, notAfter, turns } = shape;
  const protocol = {
    ...{ groups: [crowdOf(null, 2)], sharedPrompts: 0 },
    ...(unseen && { unseenPrompts: unseen }),
    ...(turns && { turns }),
  };
  await createStudy(context, { name: study, target: "t", baselines: ["b"], protocol });
  await addMaterial(context, study, { prompts, systems: ["t", "b"], ...(turns && { turns: 2 }) });
  await changeState(context, { study, to: "open", by: "test" });
  const made = await setPlatform(context, {
    ...{ ...AT, study, group: "crowd", platform: "prolific", finishes: {} },
    ...(notAfter && { notAfter: [...notAfter] }),
  });
  return made.address?.split("#")[1] ?? "";
}

/** Lets somebody judge all that they are given, at most so many. @returns the prompts that they were given */
async function judgeAll(
  context: Context,
  desk: AssignmentService,
  token: string,
  most = 100,
): Promise<string[]> {
  const seen: string[] = [];
  let work = await desk.workFor(token, []);
  while (seen.length < most && work.buffer.length > 0) {
    const mark = work.buffer[0] ?? "";
    seen.push(await promptOf(context, mark));
    work = (await recordJudgment(desk, token, judgmentOf(mark))).work;
  }
  return seen;
}

const promptOf = (context: Context, token: string): Promise<string> =>
  context.database.read(async ({ db }) => {
    const row = await db
      .selectFrom("assignment as a")
      .innerJoin("prompt as p", "p.id", "a.prompt_id")
      .select("p.external_id")
      .where("a.token", "=", token)
      .executeTakeFirstOrThrow();
    return row.external_id;
  });

/** Every prompt that somebody was given in a study, judged or not. */
const givenIn = (context: Context, study: string, person: number): Promise<string[]> =>
  context.database.read(async ({ db }) => {
    const rows = await db
      .selectFrom("assignment as a")
      .innerJoin("participant as p", "p.annotator_id", "a.annotator_id")
      .innerJoin("study as s", "s.id", "p.study_id")
      .innerJoin("prompt as q", "q.id", "a.prompt_id")
      .select("q.external_id")
      .where("s.name", "=", study)
      .where("p.external_id", "=", pid(person))
      .execute();
    return rows.map(({ external_id: id }) => id);
  });

describe.each(DATABASES)("people who took part in another study, on %s", (kind) => {
  it("are not let in after the studies that the owner names, and return with the code for it", async () => {
    const context = await testContext(kind);
    const pilot = await studyNamed(context, "pilot", { prompts: 3 });
    const link = await studyNamed(context, "main", { prompts: 3, notAfter: ["pilot"] });
    await join(context, { link: pilot, query: queryOf(1) });
    const made = await setPlatform(context, { ...AT, study: "main", platform: "prolific", finishes: {} });
    const code = made.finishes.find(({ finish }) => finish === "screened_out")?.code;
    const sheet = await welcome(context, { link, query: queryOf(1) });
    expect(sheet).toMatchObject({
      state: "took_part",
      visitor: "new",
      finish: { finish: "screened_out", code },
    });
    await expect(join(context, { link, query: queryOf(1) })).rejects.toMatchObject({ name: "TookPart" });
    expect(await count(context, "annotator")).toBe(1);
    await join(context, { link, query: queryOf(2) });
    expect(await welcome(context, { link: pilot, query: queryOf(2) }), "the other way round").toMatchObject({
      state: "open",
    });
    await setPlatform(context, { ...AT, study: "main", platform: "prolific", finishes: {}, notAfter: [] });
    expect((await welcome(context, { link, query: queryOf(1) })).state).toBe("open");
  });

  it("go on in a study that they joined before its owner named another one, and are unknown once erased", async () => {
    const context = await testContext(kind);
    const pilot = await studyNamed(context, "pilot", { prompts: 3 });
    const link = await studyNamed(context, "main", { prompts: 3 });
    for (const from of [pilot, link]) await join(context, { link: from, query: queryOf(1) });
    await join(context, { link: pilot, query: queryOf(2) });
    await setPlatform(context, {
      ...AT,
      study: "main",
      platform: "prolific",
      finishes: {},
      notAfter: ["pilot"],
    });
    expect(await welcome(context, { link, query: queryOf(1) })).toMatchObject({
      visitor: "known",
      state: "open",
    });
    expect((await welcome(context, { link, query: queryOf(2) })).state).toBe("took_part");
    await eraseByName(context, { study: "pilot", annotator: pid(2), by: "test" });
    expect((await welcome(context, { link, query: queryOf(2) })).state).toBe("open");
  });

  it("cannot be named by a study that does not exist, or by their own", async () => {
    const context = await testContext(kind);
    await studyNamed(context, "main", { prompts: 3 });
    const set = (notAfter: string[]) =>
      setPlatform(context, { ...AT, study: "main", platform: "prolific", finishes: {}, notAfter });
    await expect(set(["nowhere"])).rejects.toMatchObject({ name: "StudyNotFound" });
    await expect(set(["main"])).rejects.toMatchObject({ name: "PlatformWrong" });
  });

  it.each([undefined, "each" as const])(
    "get no prompt there that they were given elsewhere, where the protocol asks for it (turns: %s)",
    async (turns) => {
      const context = await testContext(kind);
      const desk = plainDesk(context);
      const of = { prompts: 9, ...(turns && { turns }) };
      const pilot = await studyNamed(context, "pilot", of);
      const link = await studyNamed(context, "main", { ...of, unseen: true });
      const before = await join(context, { link: pilot, query: queryOf(1) });
      await judgeAll(context, desk, before, 3);
      const given = new Set(await givenIn(context, "pilot", 1));
      expect(given.size).toBeGreaterThan(1);
      expect(given.size).toBeLessThan(9);
      const token = await join(context, { link, query: queryOf(1) });
      const seen = new Set(await judgeAll(context, desk, token));
      const all = Array.from({ length: 9 }, (_, i) => `p${i}`);
      expect([...seen].sort()).toEqual(all.filter((prompt) => !given.has(prompt)));
      expect(await finishOf(desk, token)).toMatchObject({ finish: "completed" });
      const other = await join(context, { link, query: queryOf(2) });
      expect(new Set(await judgeAll(context, desk, other)).size, "somebody new").toBe(9);
    },
  );

  it("are not let in where they have seen every prompt, and return with the code for no work", async () => {
    const context = await testContext(kind);
    const desk = plainDesk(context);
    const pilot = await studyNamed(context, "pilot", { prompts: 3 });
    const link = await studyNamed(context, "main", { prompts: 3, unseen: true });
    await judgeAll(context, desk, await join(context, { link: pilot, query: queryOf(1) }));
    expect(await welcome(context, { link, query: queryOf(1) })).toMatchObject({
      ...{ state: "full", visitor: "new", finish: { finish: "no_work" } },
    });
    await expect(join(context, { link, query: queryOf(1) })).rejects.toMatchObject({ name: "StudyFull" });
    expect(await count(context, "annotator")).toBe(1);
    const token = await join(context, { link, query: queryOf(2) });
    await judgeAll(context, desk, token);
    expect(
      await welcome(context, { link, query: queryOf(2) }),
      "who is in, by the prompts of this study",
    ).toMatchObject({ state: "open", visitor: "known" });
  });

  it("get such prompts where the protocol does not ask for it, and a progress that counts only what they can get", async () => {
    const context = await testContext(kind);
    const desk = plainDesk(context);
    const pilot = await studyNamed(context, "pilot", { prompts: 9 });
    const plain = await studyNamed(context, "plain", { prompts: 9 });
    const strict = await studyNamed(context, "strict", { prompts: 9, unseen: true });
    await judgeAll(context, desk, await join(context, { link: pilot, query: queryOf(1) }), 2);
    const given = new Set(await givenIn(context, "pilot", 1)).size;
    const tokens = [plain, strict].map((link) => join(context, { link, query: queryOf(1) }));
    const [inPlain = "", inStrict = ""] = await Promise.all(tokens);
    expect((await desk.workFor(inStrict, [])).progress).toEqual({ judged: 0, of: 9 - given });
    expect(await judgeAll(context, desk, inPlain)).toHaveLength(9);
  });
});
