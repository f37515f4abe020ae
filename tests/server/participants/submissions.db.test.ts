import { describe, expect, it } from "vitest";
import { exclude } from "../../../server/assignments/exclude.ts";
import type { Context } from "../../../server/context.ts";
import { join } from "../../../server/participants/join.ts";
import { paymentsOf } from "../../../server/participants/payments.ts";
import type { Submission } from "../../../server/contract/payments.ts";
import { importSubmissions } from "../../../server/participants/submissions.ts";
import { finishOf } from "../../../server/participants/finish.ts";
import { importedText } from "../../../server/commands/support/platform-text.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgeSome, pid, queryOf, setProlific, studyOf } from "./participants-support.ts";

const read = (context: Context, submissions: Submission[], exclude = false) =>
  importSubmissions(context, { study: "s", submissions, exclude, by: "test" });
const of = (n: number, status: string, session: string | null = `t${n}`): Submission => ({
  ...{ participant: pid(n), session, status, line: n + 1 },
});

describe.each(DATABASES)("a platform’s list of submissions, on %s", (kind) => {
  const started = async (people: number, prompts = 8) => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, prompts, 4);
    const { link } = await setProlific(context);
    const tokens: string[] = [];
    for (let n = 1; n <= people; n++) {
      const token = await join(context, { link, query: queryOf(n) });
      await judgeSome(desk, token, 1);
      tokens.push(token);
    }
    return { context, desk, link, tokens };
  };

  it("ends returned and timed-out work, whose pairs others get at once; the judgments stay", async () => {
    const { context, desk, link, tokens } = await started(3, 12);
    const holds = (await desk.workFor(tokens[0] ?? "", [])).buffer.length;
    const list = [of(1, "RETURNED"), of(2, "TIMED-OUT"), of(3, "ACTIVE"), of(9, "RETURNED")];
    const imported = await read(context, list);
    expect(imported).toMatchObject({
      statuses: { RETURNED: 1, "TIMED-OUT": 1, ACTIVE: 1 },
      ...{ ended: ["annotator-1", "annotator-2"], excluded: [], unknown: 1, missing: [] },
    });
    expect(imported.freed).toBe(2 * holds);
    context.advance(1000);
    expect(await read(context, list), "read again before anybody comes back").toMatchObject({
      ...{ ended: [], freed: 0 },
    });
    expect(holds).toBeGreaterThan(0);
    expect(await desk.workFor(tokens[0] ?? "", [])).toMatchObject({ state: "ended", buffer: [] });
    const finishes = [];
    for (const token of tokens) finishes.push((await finishOf(desk, token))?.finish ?? null);
    expect(finishes).toEqual(["stopped", "timed_out", null]);
    const payments = await paymentsOf(context, "s");
    expect(payments.map(({ platformStatus, action }) => [platformStatus, action])).toEqual([
      ["RETURNED", "pay the part done"],
      ["TIMED-OUT", "pay the part done"],
      ["ACTIVE", "wait"],
    ]);
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(3);
    for (const n of [4, 5]) await judgeSome(desk, await join(context, { link, query: queryOf(n) }), 2);
    const again = await read(context, [of(1, "RETURNED"), of(2, "TIMED-OUT")]);
    expect(again, "read again").toMatchObject({ ended: [], freed: 0 });
    expect(again.missing, "in no list so far").toEqual(["annotator-4", "annotator-5"]);
  });

  it("names a status that it does not know, and ends nothing by it", async () => {
    const { context } = await started(3, 12);
    const list = [of(1, "Screened-Out"), of(2, "GONE AWAY"), of(3, "GONE AWAY")];
    const imported = await read(context, list);
    expect(imported).toMatchObject({
      ended: [],
      unknownStatuses: [{ status: "GONE AWAY", count: 2, line: 3 }],
    });
    expect(importedText("s", { ...imported, columns: {}, unused: [] })).toContain(
      "Unknown status “GONE AWAY”: 2 submissions, first in line 3. Taken as not returned",
    );
  });

  it("leaves completed and stopped parts as they ended, and excludes judgments only where it is asked to", async () => {
    const { context, desk, link } = await started(0);
    const done = await join(context, { link, query: queryOf(1) });
    await judgeSome(desk, done, 4);
    expect(await finishOf(desk, done)).toMatchObject({ finish: "completed" });
    const other = await join(context, { link, query: queryOf(2) });
    await judgeSome(desk, other, 2);
    expect(await read(context, [of(1, "APPROVED"), of(2, "Rejected")])).toMatchObject({
      ended: ["annotator-2"],
    });
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(6);
    expect(await finishOf(desk, done)).toMatchObject({ finish: "completed" });
    expect(await read(context, [of(1, "APPROVED"), of(2, "REJECTED")], true)).toMatchObject({
      ...{ ended: [], excluded: ["annotator-2"] },
    });
    expect(await read(context, [of(2, "REJECTED")], true)).toMatchObject({ excluded: [] });
    const report = await buildFullReport(context, { study: "s" });
    expect(report.judgments).toBe(4);
    expect(report.exclusions.rules).toEqual([expect.stringContaining("rejected at the platform")]);
    const back = await read(context, [of(2, "APPROVED")]);
    expect(back, "approved after all").toMatchObject({ stillExcluded: ["annotator-2"], missing: [] });
    expect(importedText("s", { ...back, columns: {}, unused: [] })).toContain(
      "npx tiebreak exclude s --annotator annotator-2 --lift",
    );
  });

  it("keeps the rule of an exclusion that was there, and knows the person without a session, in capitals too", async () => {
    const { context } = await started(1);
    await exclude(context, { study: "s", annotators: ["annotator-1"], rule: "an author", by: "me" });
    const list = [{ ...of(1, "RETURNED", null), participant: pid(1).toUpperCase() }];
    expect(await read(context, list, true)).toMatchObject({ ended: ["annotator-1"], excluded: [] });
    expect((await buildFullReport(context, { study: "s" })).exclusions.rules).toEqual([
      expect.stringContaining("an author"),
    ]);
  });

  it("takes the submission of this visit where a person has several, and refuses a list of another study", async () => {
    const { context } = await started(1);
    const several = [of(1, "ACTIVE", "t1"), of(1, "RETURNED", "earlier")];
    expect(await read(context, several)).toMatchObject({ statuses: { ACTIVE: 1 }, ended: [] });
    await expect(read(context, [of(7, "RETURNED")])).rejects.toMatchObject({
      name: "SubmissionsWrong",
      status: 400,
    });
    await expect(
      importSubmissions(context, { study: "x", submissions: several, exclude: false, by: "me" }),
    ).rejects.toMatchObject({ name: "StudyNotFound" });
  });
});
