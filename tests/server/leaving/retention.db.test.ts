import { describe, expect, it } from "vitest";
import { listDepartures } from "../../../server/leaving/departures.ts";
import { eraseExpired, setRetention } from "../../../server/leaving/retention.ts";
import { join } from "../../../server/participants/join.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { takeSnapshot } from "../../../server/reports/snapshots.ts";
import { verifySnapshot } from "../../../server/reports/verify-snapshot.ts";
import { changeState } from "../../../server/studies/study.ts";
import { testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { fileOf, judgment, load, prompt, response } from "../loading/loading-support.ts";
import {
  count,
  judgeSome,
  pid,
  queryOf,
  setProlific,
  studyOf,
} from "../participants/participants-support.ts";
import { changesOf, columnsWith } from "./leaving-support.ts";

const S = { study: "s", by: "test" };
const DAY_MS = 86_400_000;
const kept = { ...S, names: false };

async function closedStudy(context: Awaited<ReturnType<typeof testContext>>) {
  const { desk } = await studyOf(context, 4, 2, 2);
  const { link } = await setProlific(context);
  await setRetention(context, { ...kept, days: 30 });
  for (const n of [1, 2]) await judgeSome(desk, await join(context, { link, query: queryOf(n) }), 2);
  await changeState(context, { ...S, to: "closed" });
}

describe.each(DATABASES)("retention, on %s", (kind) => {
  it("erases the ids of a closed study when its days are over, once, and moves no figure", async () => {
    const context = await testContext(kind);
    await closedStudy(context);
    await takeSnapshot(context, { ...S, reason: "test" });
    const before = await buildFullReport(context, { study: "s" });
    context.advance(30 * DAY_MS - 1);
    expect(await eraseExpired(context, "test")).toEqual([]);
    expect(await count(context, "participant")).toBe(2);
    context.advance(1);
    const together = await Promise.all([eraseExpired(context, "test"), eraseExpired(context, "test")]);
    expect(together.flat()).toEqual([{ study: "s", people: 2 }]);
    for (const n of [1, 2]) expect(await columnsWith(context, pid(n))).toEqual([]);
    expect(await buildFullReport(context, { study: "s" })).toEqual(before);
    expect(await verifySnapshot(context, { study: "s", number: null })).toMatchObject({ outcome: "same" });
    expect((await changesOf(context)).at(-1)).toEqual(["ids erased", { people: 2 }]);
    expect(await listDepartures(context, "s")).toMatchObject({
      retention: { days: 30, dueAt: "2026-02-04T09:00:00.000Z", doneAt: "2026-02-04T09:00:00.000Z" },
    });
  });

  it("can be shortened once people have joined, and not lengthened or removed", async () => {
    const context = await testContext(kind);
    await studyOf(context, 4, 2);
    const { link } = await setProlific(context);
    await setRetention(context, { ...kept, days: 10 });
    await setRetention(context, { ...kept, days: 30 });
    await join(context, { link, query: queryOf(1) });
    for (const days of [31, null])
      await expect(setRetention(context, { ...kept, days })).rejects.toMatchObject({
        name: "RetentionWrong",
      });
    await setRetention(context, { ...kept, days: 7 });
    expect(await listDepartures(context, "s")).toMatchObject({ retention: { days: 7, dueAt: null } });
  });

  it("replaces names in loaded files only where that is wanted", async () => {
    const context = await testContext(kind);
    await studyOf(context, 2, 2);
    const of = { promptId: "loaded", leftSystem: "t", rightSystem: "b0" };
    const files = [
      prompt(1, "loaded", "A prompt"),
      response(2, "loaded", "t", "one"),
      response(3, "loaded", "b0", "two"),
      judgment(4, { ...of, annotator: "Jane Doe", group: { name: "authors", kind: "author" } }),
    ];
    const report = await load(context, fileOf("authors", files), { reason: "the authors' own" });
    expect(report).toMatchObject({ done: true });
    await setRetention(context, { ...S, names: true, days: 0 });
    expect(await eraseExpired(context, "test"), "an open study waits").toEqual([]);
    await changeState(context, { ...S, to: "closed" });
    expect(await eraseExpired(context, "test")).toEqual([{ study: "s", people: 1 }]);
    expect(await columnsWith(context, "Jane Doe")).toEqual([]);
  });

  it("is kept by a server by itself", async () => {
    const context = await testContext(kind);
    await closedStudy(context);
    context.advance(31 * DAY_MS);
    const app = await testApp(context);
    await expect.poll(() => count(context, "participant")).toBe(0);
    await app.close();
  });
});
