import { describe, expect, it } from "vitest";
import { finishDuty } from "../../../server/leaving/duties.ts";
import { listDepartures } from "../../../server/leaving/departures.ts";
import { eraseByLink } from "../../../server/leaving/erase.ts";
import { setRetention } from "../../../server/leaving/retention.ts";
import { withdrawByLink } from "../../../server/leaving/withdraw.ts";
import { join } from "../../../server/participants/join.ts";
import { changeState } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgeSome, queryOf, setProlific, studyOf } from "../participants/participants-support.ts";
import { changesOf } from "./leaving-support.ts";

const S = { study: "s", by: "test" };

describe.each(DATABASES)("what an owner has to do about who left, on %s", (kind) => {
  it("is done with a record, once, and only what there is to do", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 4, 4, 3);
    const { link } = await setProlific(context);
    const tokens = [];
    for (const n of [1, 2, 3]) tokens.push(await join(context, { link, query: queryOf(n) }));
    for (const token of tokens) await judgeSome(desk, token, 1);
    await eraseByLink(context, tokens[0]!);
    await changeState(context, { ...S, to: "closed" });
    await withdrawByLink(context, tokens[1]!);
    const list = async () =>
      (await listDepartures(context, "s")).departures.map(({ annotator, duties, done }) => [
        annotator,
        duties,
        done.map(({ duty, by }) => `${duty} by ${by}`),
      ]);
    expect(await list()).toEqual([
      ["annotator-1", ["pay", "copies"], []],
      ["annotator-2", ["decide"], []],
    ]);
    await finishDuty(context, { ...S, annotator: "annotator-1", duty: "pay" });
    await finishDuty(context, { ...S, annotator: "annotator-1", duty: "pay" });
    await finishDuty(context, { ...S, annotator: "annotator-2", duty: "decide" });
    expect(await list()).toEqual([
      ["annotator-1", ["copies"], ["pay by test"]],
      ["annotator-2", [], ["decide by test"]],
    ]);
    expect((await changesOf(context)).slice(-2)).toEqual([
      ["duty done", { annotator: "annotator-1", duty: "pay" }],
      ["duty done", { annotator: "annotator-2", duty: "decide" }],
    ]);
    const undone = { ...S, annotator: "annotator-1", duty: "pay", undo: true } as const;
    await finishDuty(context, undone);
    await finishDuty(context, undone);
    expect(await list(), "left to do again").toEqual([
      ["annotator-1", ["pay", "copies"], []],
      ["annotator-2", [], ["decide by test"]],
    ]);
    expect((await changesOf(context)).at(-1)).toEqual([
      "duty done",
      { annotator: "annotator-1", duty: "pay", undo: true },
    ]);
    await finishDuty(context, { ...undone, undo: false });
    for (const [annotator, name] of [
      ["annotator-2", "NothingToDo"],
      ["annotator-3", "NothingToDo"],
      ["nobody", "AnnotatorNotFound"],
    ] as const) {
      const wrong = finishDuty(context, { ...S, annotator, duty: "copies" });
      await expect(wrong, annotator).rejects.toMatchObject({ name });
    }
    await eraseByLink(context, tokens[1]!);
    expect(await list(), "erasing asks for more than the request did").toEqual([
      ["annotator-1", ["copies"], ["pay by test"]],
      ["annotator-2", ["pay", "copies"], []],
    ]);
  });

  it("includes to pay people before their ids are erased", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 4, 4, 3);
    const { link } = await setProlific(context);
    for (const n of [1, 2]) await judgeSome(desk, await join(context, { link, query: queryOf(n) }), 1);
    expect((await listDepartures(context, "s")).toPay, "nothing is erased by itself").toBe(0);
    await setRetention(context, { ...S, days: 30, names: false });
    expect((await listDepartures(context, "s")).toPay).toBe(2);
  });
});
