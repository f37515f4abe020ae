import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import type { Protocol } from "../../../server/contract/studies.ts";
import { DEFAULT_GROUP } from "../../../server/studies/default-protocol.ts";
import { studyDetail } from "../../../server/studies/detail.ts";
import { changeProtocol, changeState, createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { addMaterial } from "../../support/study.ts";

const move = (context: Context, to: "open" | "paused" | "closed") =>
  changeState(context, { study: "two words", to, by: "test" });

async function draft(context: Context, protocol: Partial<Protocol> = {}, prompts = 2): Promise<void> {
  await createStudy(context, { name: "two words", target: "t", baselines: ["b"], seed: "seed", protocol });
  await addMaterial(context, "two words", { prompts, systems: ["t", "b"] });
}

describe.each(DATABASES)("opening a study on %s", (kind) => {
  it("that wants no judgments is refused for that reason, and leaves a draft that can be mended", async () => {
    const context = await testContext(kind);
    await draft(context, { groups: [{ ...DEFAULT_GROUP, judgments: 0 }] });
    await expect(move(context, "open")).rejects.toThrow(/its groups need no judgments.*crowd,judgments=0/);
    expect(await studyDetail(context, "two words")).toMatchObject({
      state: "draft",
      protocolHash: null,
      groups: [],
      wanted: 0,
    });
    await changeProtocol(context, "two words", { groups: [DEFAULT_GROUP] });
    await move(context, "open");
    expect(await studyDetail(context, "two words")).toMatchObject({ state: "open", wanted: 2 });
  });

  it("without a prompt to compare is refused for that reason, and leaves a draft", async () => {
    const context = await testContext(kind);
    await draft(context, {}, 0);
    await expect(move(context, "open")).rejects.toThrow(/no prompt has a text and two different outputs/);
    await changeProtocol(context, "two words", { showIdentical: true });
    await expect(move(context, "open")).rejects.toThrow(/no prompt has a text and outputs of two systems/);
    expect(await studyDetail(context, "two words")).toMatchObject({ protocolHash: null, groups: [] });
  });

  it("with a baseline that nothing was loaded for names those that there are, and takes the right name", async () => {
    const context = await testContext(kind);
    await draft(context);
    await changeProtocol(context, "two words", { pairs: { target: "t", baselines: ["bb"] } });
    await expect(move(context, "open")).rejects.toThrow("Nothing was loaded for bb. The systems are t, b.");
    await changeProtocol(context, "two words", { pairs: { target: "t", baselines: ["b"] } });
    await move(context, "open");
    const { systemList } = await studyDetail(context, "two words");
    expect(systemList.map((system) => system.role)).toEqual(["target", "baseline"]);
  });

  it("counts what is wanted of the shared set and outside of it apart", async () => {
    const context = await testContext(kind);
    const group = { ...DEFAULT_GROUP, judgments: 0, sharedJudgments: 2 };
    await draft(context, { groups: [group], sharedPrompts: 1 });
    await move(context, "open");
    expect(await studyDetail(context, "two words")).toMatchObject({ state: "open", wanted: 2 });
  });

  it("is not possible again once it is closed, and says what to do instead", async () => {
    const context = await testContext(kind);
    await draft(context);
    await move(context, "open");
    await move(context, "closed");
    const refusal = { name: "StudyStateWrong", status: 409 };
    await expect(move(context, "open")).rejects.toMatchObject(refusal);
    await expect(move(context, "open")).rejects.toThrow(/study reopen "two words" --reason/);
    await expect(move(context, "closed")).rejects.toThrow("is closed already");
    expect(await studyDetail(context, "two words")).toMatchObject({ state: "closed" });
    await expect(changeProtocol(context, "two words", { showIdentical: true })).rejects.toThrow(
      /study amend/,
    );
  });

  it("is named as what comes first where a draft is to be paused", async () => {
    const context = await testContext(kind);
    await draft(context);
    await expect(move(context, "paused")).rejects.toThrow('npx tiebreak study open "two words"');
  });
});

/** Four batches, the last one not full. */
const PROMPTS = 1700;
const TWICE = { ...DEFAULT_GROUP, judgments: 2, sharedJudgments: 3 };

/** All slots, as what they are for. */
async function slotsOf(context: Context): Promise<string[]> {
  const rows = await context.database.read(({ db }) =>
    db
      .selectFrom("slot as s")
      .innerJoin("prompt as p", "p.id", "s.prompt_id")
      .innerJoin("annotator_group as g", "g.id", "s.group_id")
      .select(["p.external_id", "g.name", "s.replicate", "s.stage", "s.order_key"])
      .execute(),
  );
  return rows.map((row) => Object.values(row).join(" ")).sort();
}

class Interrupted extends Error {}

describe.each(DATABASES)("an opening on %s that is interrupted", (kind) => {
  const now = { sharedPrompts: 10, groups: [TWICE] };
  let twin: Context;
  beforeAll(async () => {
    twin = await testContext(kind);
    await draft(twin, now, PROMPTS);
    await move(twin, "open");
  });

  it.each([1, 2, 4])(
    "after step %i leaves the draft as it was, and the next one makes it good",
    async (steps) => {
      const context = await testContext(kind);
      const earlier = { sharedPrompts: 40, groups: [TWICE, { ...TWICE, name: "gone" }] };
      await draft(context, earlier, PROMPTS);
      const before = await studyDetail(context, "two words");
      const seen: [number, number][] = [];
      const interrupt = (prompts: number, of: number) => {
        seen.push([prompts, of]);
        if (seen.length === steps) throw new Interrupted();
      };
      const opening = changeState(context, {
        study: "two words",
        to: "open",
        by: "test",
        onAllotted: interrupt,
      });
      await expect(opening).rejects.toThrow(Interrupted);
      expect(seen.at(-1)).toEqual([Math.min(PROMPTS, steps * 500), PROMPTS]);
      expect((await slotsOf(context)).length, "something is left of it").toBeGreaterThan(0);
      const { groups, ...left } = await studyDetail(context, "two words");
      expect(left).toEqual({ ...before, groups: undefined });
      expect(groups.every((group) => group.annotators === 0 && group.judged === 0)).toBe(true);

      await changeProtocol(context, "two words", now);
      await move(context, "open");
      expect(await slotsOf(context)).toEqual(await slotsOf(twin));
      const opened = await studyDetail(context, "two words");
      const { groups: names, progress, wanted } = await studyDetail(twin, "two words");
      expect(opened).toMatchObject({ groups: names, progress, wanted, state: "open" });
    },
  );

  it("by another that opens the same draft takes nothing from it", async () => {
    const context = await testContext(kind);
    await draft(context, { groups: [TWICE] }, PROMPTS);
    await Promise.all([move(context, "open"), move(context, "open")]);
    expect((await slotsOf(context)).length).toBe(2 * PROMPTS);
    expect(await studyDetail(context, "two words")).toMatchObject({ state: "open", wanted: 2 * PROMPTS });
  });
});
