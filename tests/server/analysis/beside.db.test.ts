import { describe, expect, it } from "vitest";
import { besideSchema } from "../../../server/contract/beside.ts";
import { besideDocument } from "../../../server/report-document/beside.ts";
import { formatSections } from "../../../server/report-document/write/text.ts";
import { ownerHeaders, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { addMember, tokenHeaders } from "../../support/members.ts";
import { type GivenJudgment, StudyRows } from "../../support/study-rows.ts";

const PROMPTS = 24;

/** Judgments of `target` against `baseline`, which wins where `wins` says so; of a third system, ties. */
function judgments(prompts: readonly number[], wins: (prompt: number) => boolean): GivenJudgment[] {
  return prompts.flatMap((prompt) =>
    [0, 1, 2].flatMap((who): GivenJudgment[] => {
      const by = {
        prompt: `q${prompt}`,
        left: "target",
        group: "crowd",
        annotator: `a${(prompt + who) % 6}`,
      };
      const choice = wins(prompt + who) ? "left" : "right";
      const third = prompt % 2 === 0 ? "left" : "tie";
      return [
        { ...by, right: "baseline", choice },
        { ...by, right: "third", choice: third },
        { ...by, left: "baseline", right: "third", choice: who === 0 ? "left" : "right" },
      ];
    }),
  );
}

async function studies(kind: "sqlite" | "postgres") {
  const context = await testContext(kind);
  const write = (name: string, firstId: number, systems: string[], rows: GivenJudgment[]) =>
    new StudyRows(
      context,
      { name, systems, groups: [{ name: "crowd", kind: "crowd" }], state: "closed" },
      firstId,
    )
      .judge(...rows)
      .withTexts()
      .write();
  const first = Array.from({ length: PROMPTS }, (_, i) => i);
  const second = first.map((prompt) => prompt + PROMPTS / 2);
  await write(
    "one",
    1,
    ["baseline", "target", "third"],
    judgments(first, (at) => at % 8 > 0),
  );
  await write(
    "two",
    1_000_000,
    ["baseline", "target", "third", "fourth"],
    judgments(second, (at) => at % 8 === 0),
  );
  const app = await testApp(context);
  const owner = await ownerHeaders(app, context);
  const ask = (query: string, headers: Record<string, string> = owner) =>
    app.inject({ url: `/api/studies/${query}`, headers });
  const beside = async (query: string) => besideSchema.parse((await ask(query)).json());
  return { context, ask, beside };
}

describe.each(DATABASES)("two studies side by side, on %s", (kind) => {
  it("share prompts, responses and annotators by name and text, and state what a test supports", async () => {
    const { beside } = await studies(kind);
    const found = await beside("one/beside?with=two");
    expect(found).toMatchObject({
      prompts: { shared: PROMPTS / 2, otherText: 0 },
      annotators: { shared: 6 },
      responses: { compared: (3 * PROMPTS) / 2, same: (3 * PROMPTS) / 2 },
      ...{ onlyFirst: [], onlySecond: ["fourth"], interim: false },
    });
    const pair = found.pairs.find(
      ({ system, against, group }) => `${system} ${against} ${group}` === "baseline target null",
    )!;
    expect(pair).toMatchObject({
      sharedPrompts: PROMPTS / 2,
      onSharedPrompts: { value: expect.any(Number) as number },
    });
    const rates = [pair.first.rate, pair.second.rate] as { value: number }[];
    expect(pair.difference).toMatchObject({
      value: expect.closeTo(rates[0]!.value - rates[1]!.value, 12) as number,
    });
    expect(pair.pHolm).toBeLessThan(0.05);
    expect("systems" in found.ranking && found.ranking.systems).toHaveLength(3);
    const text = formatSections(besideDocument(found).sections);
    expect(text).toContain("The rate of baseline against target is lower in one than in two");
    expect(text).toContain("Only in two, and compared with nothing here: fourth.");
  });

  it("are the other way round from the other side, and differ in nothing from themselves", async () => {
    const { beside } = await studies(kind);
    const [there, back, itself] = [
      await beside("one/beside?with=two"),
      await beside("two/beside?with=one"),
      await beside("one/beside?with=one"),
    ];
    const first = there.pairs[0]!.difference as { value: number; low: number; high: number };
    expect(back.pairs[0]!.difference).toMatchObject({
      value: expect.closeTo(-first.value, 12) as number,
      low: expect.closeTo(-first.high, 10) as number,
      high: expect.closeTo(-first.low, 10) as number,
    });
    for (const { difference } of itself.pairs) expect((difference as { value: number }).value).toBe(0);
    expect(itself.ranking).toMatchObject({ kendallTauB: 1 });
    expect(itself.facts.every(({ same }) => same)).toBe(true);
  });

  it("need the right to see both", async () => {
    const { context, ask } = await studies(kind);
    const member = await addMember(context, { name: "Ann", studies: { one: "viewer" } });
    const one = await tokenHeaders(context, member);
    expect((await ask("one/beside?with=two", one)).statusCode).toBe(403);
    expect((await ask("one/beside?with=none")).statusCode).toBe(404);
    await ask("one/beside?with=two");
    const read = await context.database.read(({ db }) =>
      db.selectFrom("audit_event").select("study").where("verb", "=", "read results").execute(),
    );
    expect(read.map(({ study }) => study).sort()).toEqual(["one", "two"]);
  });
});
