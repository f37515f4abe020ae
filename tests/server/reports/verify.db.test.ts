import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { runAudit } from "../../../server/blinding-audit/run.ts";
import { verificationText } from "../../../server/commands/support/verification-text.ts";
import type { Context } from "../../../server/context.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { dataHash, type Listed } from "../../../server/reports/data-hash.ts";
import { exclude } from "../../../server/assignments/exclude.ts";
import type { InputName } from "../../../server/reports/inputs.ts";
import { ReportBuilder } from "../../../server/reports/report.ts";
import { takeSnapshot } from "../../../server/reports/snapshots.ts";
import { type Verification, verifySnapshot } from "../../../server/reports/verify-snapshot.ts";
import { join } from "../../../server/participants/join.ts";
import { inviteAnnotators, makeOpenLink } from "../../../server/studies/annotators.ts";
import { changeState } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, type Made, openStudy, skipOf } from "../../support/study.ts";

const keep = (context: Context) => takeSnapshot(context, { study: "s", reason: "test", by: "test" });
const verify = (context: Context) => verifySnapshot(context, { study: "s", number: null });

interface Study extends Made {
  readonly context: Context;
}

/** Seven judgments by two of three annotators on two pairs of systems; nobody judged p8 and p9. */
async function judgedStudy(context: Context): Promise<Study> {
  const protocol = { promptRepeats: "allow" as const };
  const made = {
    ...(await openStudy(context, { prompts: 10, baselines: 2, annotators: 3, protocol })),
    context,
  };
  for (const [i, choice] of (["left", "tie", "right", "left", "right", "tie", "left"] as const).entries()) {
    await judge(made, i % 2, choice);
  }
  return made;
}

async function judge({ desk, tokens }: Study, who: number, choice: "left" | "tie" | "right"): Promise<void> {
  const { buffer } = await desk.workFor(tokens[who]!, []);
  await recordJudgment(desk, tokens[who]!, judgmentOf(buffer[0] ?? "", choice));
}

/** Writes to the database by hand. */
const byHand =
  (text: string) =>
  async ({ context }: Study): Promise<void> =>
    context.database.transact(async ({ db }) => void (await sql.raw(text).execute(db)));

const A_JUDGED = "(select min(assignment_id) from judgment)";
const ITS_PROMPT = `(select prompt_id from assignment where id = ${A_JUDGED})`;
const NOT_JUDGED =
  "prompt_id not in (select a.prompt_id from assignment a join judgment j on j.assignment_id = a.id)";

/** What changes nothing that a report is made of. */
const INNOCENT: readonly [string, (study: Study) => Promise<unknown>][] = [
  [
    "personal links were made",
    ({ context }) => inviteAnnotators(context, { study: "s", group: "crowd", count: 3, by: "test" }),
  ],
  [
    "a shared link was made",
    ({ context }) => makeOpenLink(context, { study: "s", group: "crowd", by: "test" }),
  ],
  [
    "somebody joined",
    async ({ context }) =>
      join(context, {
        link: await makeOpenLink(context, { study: "s", group: "crowd", by: "test" }),
        query: "",
      }),
  ],
  ["somebody opened their link and judged nothing", ({ desk, tokens }) => desk.workFor(tokens[2]!, [])],
  [
    "somebody without a judgment is called otherwise",
    byHand("update annotator set external_id = 'x' where display_number = 3"),
  ],
  [
    "a text was exchanged that nobody judged",
    byHand(`update response set turns = '["?"]' where ${NOT_JUDGED}`),
  ],
];

/** What changes a report or what it is made of: what is said to have changed, and how the check ends. */
const TOLD: readonly [string, (study: Study) => Promise<unknown>, Verification["outcome"], InputName[]][] = [
  [
    "a judgment was edited",
    byHand(
      `update judgment set choice = case choice when 'tie' then 'left' else 'tie' end where assignment_id = ${A_JUDGED}`,
    ),
    "judgments differ",
    ["judgments"],
  ],
  [
    "the sides of a judgment were turned",
    byHand(
      `update assignment set left_system_id = right_system_id, right_system_id = left_system_id where id = ${A_JUDGED}`,
    ),
    "judgments differ",
    ["judgments"],
  ],
  [
    "a judgment was taken out",
    byHand(`delete from judgment where assignment_id = ${A_JUDGED}`),
    "judgments differ",
    ["judgments", "times"],
  ],
  [
    "one more was judged",
    (study) => judge(study, 0, "tie"),
    "judgments differ",
    ["judgments", "times", "texts", "progress"],
  ],
  [
    "somebody was left out",
    ({ context }) =>
      exclude(context, { study: "s", annotators: ["annotator-1"], rule: "too quick", by: "test" }),
    "judgments differ",
    ["judgments", "exclusions"],
  ],
  [
    "a response was exchanged",
    byHand(`update response set turns = '["Something else, and longer."]' where prompt_id = ${ITS_PROMPT}`),
    "figures differ",
    ["texts"],
  ],
  [
    "a prompt was exchanged",
    byHand(`update prompt_text set turns = '["Something else"]' where prompt_id = ${ITS_PROMPT}`),
    "inputs differ",
    ["texts"],
  ],
  [
    "the time that a judgment took was edited",
    byHand(`update judgment set active_ms = 77000 where assignment_id = ${A_JUDGED}`),
    "figures differ",
    ["times"],
  ],
  [
    "somebody could not judge a pair",
    async ({ desk, tokens }) => {
      const { buffer } = await desk.workFor(tokens[0]!, []);
      await recordSkip(desk, tokens[0]!, skipOf(buffer[0]!, "other"));
    },
    "figures differ",
    ["progress"],
  ],
  [
    "the protocol was edited",
    byHand(`update protocol set body = replace(body, 'significantly', 'slightly')`),
    "figures differ",
    ["protocol"],
  ],
  [
    "the systems are called otherwise",
    byHand("update system set display_name = 'new ' || name"),
    "figures differ",
    ["names"],
  ],
  [
    "annotators are called otherwise",
    byHand("update annotator set external_id = 'b' || (9 - display_number)"),
    "figures differ",
    ["names"],
  ],
  ["the texts were audited", ({ context }) => runAudit(context, "s"), "figures differ", ["blinding"]],
  [
    "somebody judged who had seen the results",
    byHand(`update annotator set saw_results_at = '2026' where display_number = 1`),
    "figures differ",
    ["blinding"],
  ],
  [
    "the study was closed",
    ({ context }) => changeState(context, { study: "s", to: "closed", by: "test" }),
    "figures differ",
    ["state"],
  ],
];

describe.each(DATABASES)("a kept report on %s", (kind) => {
  it.each(INNOCENT)("is the same after %s", async (_, change) => {
    const study = await judgedStudy(await testContext(kind));
    await keep(study.context);
    await change(study);
    const found = await verify(study.context);
    expect(found).toMatchObject({ outcome: "same", judgments: 7, changed: [] });
    expect(verificationText(found)).toMatch(/recomputed from 7 judgments, and the same to the last digit\.$/);
    expect((await keep(study.context)).number).toBe(1);
  });

  it.each(TOLD)("says so after %s", async (_, change, outcome, changed) => {
    const study = await judgedStudy(await testContext(kind));
    await keep(study.context);
    await change(study);
    const found = await verify(study.context);
    expect(found.outcome).toBe(outcome);
    expect(found.changed).toEqual(expect.arrayContaining(changed));
    const said = verificationText(found);
    if (outcome === "judgments differ") expect(said).toContain("the judgments have changed since");
    else {
      expect(found.changed).toEqual(changed);
      expect(said).toMatch(/the judgments (and all figures )?are the same/);
      expect(said).toContain("Changed since: ");
    }
    expect((await keep(study.context)).number).toBe(2);
    expect(await verify(study.context)).toMatchObject({ outcome: "same", changed: [] });
  });
});

/** Keeps a report as an older version did: no hash but one that covers every name, judged or not. */
async function keptBefore({ context }: Study): Promise<void> {
  await keep(context);
  const { data } = await new ReportBuilder(context).fullWithHash({ study: "s" });
  const all = (list: readonly unknown[]) => new Uint8Array(list.length).fill(1);
  const listed: Listed = {
    prompts: all(data.prompts),
    systems: all(data.facts.systems),
    annotators: all(data.annotators),
  };
  const kept = { data_hash: dataHash(data, listed), inputs: null };
  expect(kept.data_hash).not.toBe(dataHash(data));
  await context.database.transact(({ db }) => db.updateTable("report_snapshot").set(kept).execute());
}

describe.each(DATABASES)("a report that an older version kept, on %s", (kind) => {
  const before = async () => {
    const context = await testContext(kind);
    const study = await judgedStudy(context);
    await keptBefore(study);
    context.advance(1000);
    return study;
  };

  it("is the same while nothing was judged, and is kept anew with what it is made of", async () => {
    const study = await before();
    const { context } = study;
    await inviteAnnotators(context, { study: "s", group: "crowd", count: 2, by: "test" });
    expect(await verify(context)).toMatchObject({ outcome: "same", changed: null });
    expect((await keep(context)).number).toBe(2);
    expect(await verify(context)).toMatchObject({ outcome: "same", changed: [] });
  });

  it("has the same judgments though other figures moved and somebody was invited", async () => {
    const { context } = await before();
    await inviteAnnotators(context, { study: "s", group: "crowd", count: 2, by: "test" });
    await changeState(context, { study: "s", to: "closed", by: "test" });
    expect(await verify(context)).toMatchObject({ outcome: "figures differ", changed: null });
  });

  it("says that more were judged", async () => {
    const study = await before();
    await judge(study, 0, "tie");
    const found = await verify(study.context);
    expect(found).toMatchObject({ outcome: "judgments differ", judgments: { then: 7, now: 8 } });
  });

  it.each([
    ["a judgment was edited", `update judgment set choice = 'both_bad' where assignment_id = ${A_JUDGED}`],
    ["somebody is called otherwise", "update annotator set external_id = 'x' where display_number = 1"],
  ])("cannot tell whether its judgments are the same after %s, and says what differs", async (_, text) => {
    const study = await before();
    await byHand(text)(study);
    const found = await verify(study.context);
    expect(found.outcome).toBe("cannot be told");
    expect(verificationText(found)).toContain("it is unknown whether");
    expect(verificationText(found)).not.toContain("have changed");
  });
});
