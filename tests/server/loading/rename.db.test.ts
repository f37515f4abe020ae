import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import type { Renaming } from "../../../server/contract/corrections.ts";
import { rename } from "../../../server/loading/renaming/rename.ts";
import { UNNAMED } from "../../../server/loading/reading/records.ts";
import { verificationText } from "../../../server/commands/support/verification-text.ts";
import { takeSnapshot } from "../../../server/reports/snapshots.ts";
import { verifySnapshot } from "../../../server/reports/verify-snapshot.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { amendStudy } from "../../../server/studies/amendments/amend-study.ts";
import { studyDetail } from "../../../server/studies/detail.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { contents, counted, fileOf, judgment, load, MATERIAL, prompt, response } from "./loading-support.ts";

const VOTES = fileOf("votes", [judgment(1), judgment(2, { promptId: "p2", choice: "tie", annotator: "bo" })]);

async function study(kind: (typeof DATABASES)[number]): Promise<Context> {
  const context = await testContext(kind);
  await createStudy(context, { name: "s", target: "A", baselines: ["B"], seed: "seed" });
  await load(context, [fileOf("material", MATERIAL), VOTES]);
  return context;
}

const give = (context: Context, renamings: Renaming[], over: { merge?: boolean; reason?: string } = {}) => {
  const { merge = false, reason = null } = over;
  return rename(context, { study: "s", renamings, merge, reason, by: "test" });
};
const system = (from: string, to: string): Renaming => ({ what: "system", from, to });

describe.each(DATABASES)("renaming, on %s", (kind) => {
  it("moves no figure, takes the protocol along, and a kept report is still the same", async () => {
    const context = await study(kind);
    await changeState(context, { study: "s", to: "open", by: "test" });
    const before = await buildFullReport(context, { study: "s" });
    await takeSnapshot(context, { study: "s", reason: "test", by: "test" });
    await give(context, [system("A", "A2"), { what: "prompt", from: "p1", to: "p1-x" }]);
    expect((await studyDetail(context, "s")).protocol.pairs).toEqual({ target: "A2", baselines: ["B"] });
    expect((await counted(context)).map(({ prompt: id, left }) => [id, left])).toEqual([
      ["p1-x", "A2"],
      ["p2", "A2"],
    ]);
    const after = await buildFullReport(context, { study: "s" });
    expect(after.pairs.map(({ win, tie, loss }) => [win, tie, loss])).toEqual(
      before.pairs.map(({ win, tie, loss }) => [win, tie, loss]),
    );
    const found = await verifySnapshot(context, { study: "s", number: null });
    expect(found.outcome).toBe("inputs differ");
    const text = verificationText(found);
    expect(text).toContain("the judgments and all figures are the same.");
    expect(text).toContain("Renamed since: A is now A2, p1 is now p1-x.");
    expect(
      (await load(context, fileOf("again", [response(1, "p2", "A2", "It flies.")]))).files[0]?.outcome,
    ).toBe("unchanged");
  });

  it("is refused for what is not there, and for a name that is taken, unless the two are to be merged", async () => {
    const context = await study(kind);
    await expect(give(context, [system("X", "Y")])).rejects.toThrow("s has no system “X”.");
    await expect(give(context, [system("A", "B")])).rejects.toThrow("add --merge");
    await expect(give(context, [system("A", "B")], { merge: true })).rejects.toThrow(
      "compared with each other",
    );
    await load(context, fileOf("c", [response(1, "p1", "C", "Other."), response(2, "p2", "C", "It flies.")]));
    const rows = await contents(context);
    await expect(give(context, [system("A", "A3"), system("C", "A3")], { merge: true })).rejects.toThrow(
      "have different outputs for 1 prompt",
    );
    expect(await contents(context)).toEqual(rows);
  });

  it("merges systems and prompts: outputs and judgments follow, and what one annotator judged twice is a repeat", async () => {
    const context = await study(kind);
    const more = [
      response(1, "p1", "A-final", "It swims."),
      prompt(2, "p1.0", "What is a fish?"),
      response(3, "p1.0", "B", "It has fins."),
      judgment(4, { leftSystem: "A-final", choice: "right", annotator: "ann" }),
      judgment(5, { leftSystem: "B", rightSystem: "A-final", promptId: "p1.0", annotator: "cy" }),
    ];
    await load(context, fileOf("more", more));
    await give(context, [system("A-final", "A"), { what: "prompt", from: "p1.0", to: "p1" }], {
      merge: true,
    });
    const { systemList, prompts } = await studyDetail(context, "s");
    expect(systemList.map(({ name, responses }) => [name, responses])).toEqual([
      ["A", 2],
      ["B", 2],
    ]);
    expect(prompts).toBe(2);
    expect(
      (await counted(context)).map(({ annotator, prompt: id, left, choice }) => [
        annotator,
        id,
        left,
        choice,
      ]),
    ).toEqual([
      ["ann", "p1", "A", "left"],
      ["bo", "p2", "A", "tie"],
      ["cy", "p1", "B", "left"],
    ]);
    expect((await buildFullReport(context, { study: "s" })).repeats).toBe(1);
  });

  it("takes a judgment for no repeat of one whose text was corrected since, whether it was merged or is loaded later", async () => {
    const context = await study(kind);
    await changeState(context, { study: "s", to: "open", by: "test" });
    await amendStudy(context, {
      ...{ study: "s", reason: "cut off", by: "test" },
      amendment: {
        responses: [
          { prompt: "p1", system: "A", output: "It swims far." },
          { prompt: "p2", system: "A", output: "It flies far." },
        ],
      },
    });
    expect(await counted(context)).toEqual([]);
    const again = [
      response(1, "p1", "A-final", "It swims far."),
      judgment(2, { leftSystem: "A-final", choice: "right" }),
      judgment(3, { promptId: "p2", choice: "right", annotator: "bo" }),
    ];
    await load(context, fileOf("again", again));
    await give(context, [system("A-final", "A")], { merge: true, reason: "one model" });
    expect((await counted(context)).map(({ annotator, choice }) => [annotator, choice])).toEqual([
      ["ann", "right"],
      ["bo", "right"],
    ]);
    const report = await buildFullReport(context, { study: "s" });
    expect(report).toMatchObject({ repeats: 0, judgments: 2, revisions: { corrected: { judgments: 2 } } });
    // a file with the corrected text changes nothing; a vote in it on the earlier text is one of the earlier text
    const mended = fileOf("mended", [
      response(1, "p1", "A", "It swims far."),
      response(2, "p1", "A", "It swims."),
    ]);
    const unchanged = await load(context, mended);
    expect(unchanged.files[0]).toMatchObject({ outcome: "unchanged", responses: { unchanged: 2 } });
    expect(unchanged.warnings.listed).toMatchObject([{ name: "EarlierText", lines: [2] }]);
    const cy = { promptId: "p1", annotator: "cy", leftTurns: ["It swims."] };
    await load(context, fileOf("late", [judgment(1, cy)]));
    expect(await buildFullReport(context, { study: "s" })).toMatchObject({
      ...{ judgments: 2, revisions: { corrected: { judgments: 3 } } },
    });
    expect((await load(context, fileOf("other", [response(1, "p1", "A", "It walks.")]))).done).toBe(false);
    // the file that was loaded first changes nothing, also where the corrected text was masked after an audit
    await context.database.transact(async ({ db }) => {
      const rows = await db
        .selectFrom("corrected_response as c")
        .innerJoin("response as r", "r.id", "c.response_id")
        .select(["r.id as response_id", "r.turns", "r.content_hash"])
        .execute();
      await db.insertInto("masked_response").values(rows).execute();
      await db.updateTable("response").set({ turns: '["[masked]"]', content_hash: "masked" }).execute();
    });
    const first = MATERIAL.filter((one) => one.kind === "response" && one.system === "A");
    expect((await load(context, fileOf("first", first))).files[0]?.outcome).toBe("unchanged");
  });

  it("merges votes without a name so that every one of them still counts", async () => {
    const context = await study(kind);
    const votes = (promptId: string, choices: readonly ("left" | "right" | "tie")[], from: number) =>
      choices.map((choice, i) => judgment(from + i, { promptId, choice, annotator: UNNAMED }));
    const more = [
      response(1, "p1", "A-final", "It swims."),
      prompt(2, "p1.0", "What is a fish?"),
      response(3, "p1.0", "B", "It has fins."),
      ...votes("p1", ["left", "tie"], 4),
      ...votes("p1.0", ["right", "right", "left"], 6),
      ...votes("p2", ["left"], 9),
      ...[10, 11].map((row) => judgment(row, { leftSystem: "A-final", choice: "left", annotator: UNNAMED })),
    ];
    await load(context, fileOf("more", more));
    const merged = [system("A-final", "A"), { what: "prompt", from: "p1.0", to: "p1" } as const];
    await give(context, merged, { merge: true });
    const report = await buildFullReport(context, { study: "s" });
    expect(report).toMatchObject({ unnamed: 8, repeats: 0 });
    expect(report.pairs[0]).toMatchObject({ judgments: 10, win: { count: 6 } });
  });

  it("wants a reason for a merge once the study has opened", async () => {
    const context = await study(kind);
    await changeState(context, { study: "s", to: "open", by: "test" });
    await load(context, fileOf("late", [response(1, "p1", "A-final", "It swims.")]));
    const renaming = [system("A-final", "A")];
    await expect(give(context, renaming, { merge: true })).rejects.toThrow("--reason");
    await give(context, renaming, { merge: true, reason: "one model under two names" });
    const { study_change: changes } = await contents(context);
    expect(JSON.parse((changes!.at(-1) as { detail: string }).detail)).toMatchObject({
      merged: true,
      reason: "one model under two names",
    });
  });
});
