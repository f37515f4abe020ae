import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { eraseByName } from "../../../server/leaving/erase.ts";
import { withdrawByName } from "../../../server/leaving/withdraw.ts";
import { stop } from "../../../server/participants/finish.ts";
import { join } from "../../../server/participants/join.ts";
import { setPlatform } from "../../../server/participants/set-platform.ts";
import { decide } from "../../../server/quality/reviews.ts";
import { documentOf } from "../../../server/report-document/sections/index.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { etagFor } from "../../../server/reports/snapshot-key.ts";
import { takeSnapshot } from "../../../server/reports/snapshots.ts";
import { verifySnapshot } from "../../../server/reports/verify-snapshot.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";
import { comer, entryOf, FULL } from "../entry/entry-support.ts";
import { careful, careless, judgeSome, openWithRules } from "../quality/quality-support.ts";
import { AT, queryOf } from "../participants/participants-support.ts";

const etag = (context: Context) => context.database.read((reader) => etagFor(reader, "s"));

describe.each(DATABASES)("how people took part, on %s", (kind) => {
  it("is counted exactly, person by person, and stands in every format", async () => {
    const context = await testContext(kind);
    const app = await testApp(context);
    const { information, consent, questions, qualification } = FULL;
    const entry = entryOf({ consent, questions, qualification, information });
    const rules = [
      { signal: "gold", threshold: 0.6, after: 2, then: "warn" },
      { signal: "gold", threshold: 0.6, after: 3, then: "pause" },
    ] as const;
    const { desk } = await openWithRules(context, { annotators: 0, rules: [...rules], protocol: { entry } });
    const made = await setPlatform(context, { ...AT, platform: "prolific", finishes: {} });
    const link = made.address?.split("#")[1] ?? "";
    const come = async (n: number) => {
      const token = await join(context, { link, query: queryOf(n) });
      const person = comer(app, token);
      await person.step({ stage: "information" });
      return { token, person };
    };
    const pass = async (n: number) => {
      const { token, person } = await come(n);
      await person.decide(true);
      await person.step({ stage: "questions", answers: { english: "yes" } });
      for (let i = 0; i < qualification.pairs.length; i++) await person.judge(true);
      return token;
    };
    await come(1); // and no further
    await (await come(2)).person.decide(false);
    const three = await come(3);
    await three.person.decide(true);
    await three.person.step({ stage: "questions", answers: { english: "no" } });
    const four = await come(4);
    await four.person.decide(true);
    await four.person.step({ stage: "questions", answers: { english: "yes" } });
    for (let i = 0; i < 4; i++) await four.person.judge(false);
    const careful5 = await pass(5);
    await judgeSome(desk, careful5, { choose: careful, most: 8 });
    const warned = await pass(6);
    await judgeSome(desk, warned, { choose: careless, most: 40 });
    await decide(context, { study: "s", annotator: "annotator-6", decision: "end", reason: "x", by: "me" });
    await stop(desk, await pass(7));
    await judgeSome(desk, await pass(8), { choose: careful, most: 3 });
    await withdrawByName(context, { study: "s", annotator: "annotator-8", by: "me" });
    await judgeSome(desk, await pass(9), { choose: careful, most: 3 });
    await eraseByName(context, { study: "s", annotator: "annotator-9", by: "me" });
    const report = await buildFullReport(context, { study: "s" });
    expect(report.people).toEqual({
      stages: ["information", "consent", "questions", "qualification"],
      rules,
      ...{ came: 9, agreed: 7, refused: 1, screenedOut: 1, failedQualification: 1 },
      ...{ warned: 1, paused: 1, ended: [{ signal: "gold", annotators: 1 }] },
      ...{ stopped: 1, timedOut: 0, withdrawn: 1, erased: 1 },
    });
    for (const format of ["text", "markdown", "html", "latex"] as const) {
      const text = formatReport(report, format);
      for (const words of ["How far people came", "agreed to the consent", "failed the qualification"])
        expect(text, format).toContain(words);
    }
    const document = documentOf(report);
    const tables = document.sections.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === "table" ? [part.table] : [])),
    );
    const table = tables.find(({ key }) => key === "people");
    const cells = table?.rows.map((row) => row.cells.map(({ value }): unknown => value));
    expect(cells).toEqual([
      ...[
        ["came", 9],
        ["agreed to the consent", 7],
        ["did not agree", 1],
      ],
      ...[
        ["screened out by an answer", 1],
        ["failed the qualification", 1],
        ["warned by a rule", 1],
      ],
      ["paused by a rule until a person had looked", 1],
      ["ended by a person after a rule about gold pairs", 1],
      ...[
        ["stopped early", 1],
        ["withdrew", 1],
        ["were erased", 1],
      ],
    ]);
  });

  it("moves the mark of a report, and a kept report stays the same whoever comes", async () => {
    const context = await testContext(kind);
    const app = await testApp(context);
    const { consent } = FULL;
    const rules = [{ signal: "gold", threshold: 0.6, after: 2, then: "warn" }] as const;
    const given = {
      annotators: 1,
      rules: [...rules],
      protocol: { entry: entryOf({ consent, personalLinks: ["consent"] }) },
    };
    const { desk, tokens } = await openWithRules(context, given);
    const person = comer(app, tokens[0] ?? "");
    await person.decide(true);
    await judgeSome(desk, tokens[0] ?? "", { choose: careful, most: 3 });
    await takeSnapshot(context, { study: "s", reason: "to compare", by: "me" });
    const [later] = await inviteAnnotators(context, { study: "s", group: "crowd", count: 1, by: "me" });
    const before = await etag(context);
    await comer(app, later?.token ?? "").decide(true);
    expect(await etag(context)).not.toBe(before);
    expect((await buildFullReport(context, { study: "s" })).people).toMatchObject({ came: 2, agreed: 2 });
    expect(await verifySnapshot(context, { study: "s", number: null })).toMatchObject({ outcome: "same" });
  });

  it("is no part of the report of a study that has nothing of it", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 1, annotators: 2 });
    const report = await buildFullReport(context, { study: "s" });
    expect(report).not.toHaveProperty("people");
    expect(formatReport(report, "text")).not.toContain("took part");
    await withdrawByName(context, { study: "s", annotator: "annotator-1", by: "me" });
    expect((await buildFullReport(context, { study: "s" })).people).toMatchObject({
      withdrawn: 1,
      agreed: null,
    });
  });
});
