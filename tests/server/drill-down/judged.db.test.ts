import { describe, expect, it } from "vitest";
import { judgedPageSchema } from "../../../server/contract/judged.ts";
import { shareResults } from "../../../server/reports/share.ts";
import { bearer, HOST, ownerHeaders, testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { type GivenJudgment, StudyRows } from "../../support/study-rows.ts";

const judged = (
  prompt: string,
  annotator: string,
  choice: GivenJudgment["choice"],
  more: Partial<GivenJudgment> = {},
): GivenJudgment => ({
  ...{ prompt, annotator, choice, left: "target", right: "baseline", group: "crowd" },
  ...more,
});

const MANY = Array.from({ length: 45 }, (_, i) => judged(`q${String(i).padStart(2, "0")}`, "cy", "tie"));

async function study(kind: "sqlite" | "postgres") {
  const context = await testContext(kind);
  await new StudyRows(context, {
    name: "s",
    systems: ["baseline", "target", "third"],
    groups: [
      { name: "crowd", kind: "crowd" },
      { name: "gpt", kind: "model" },
      { name: "guests", kind: "crowd", headline: false },
    ],
    pairs: { target: "target", baselines: ["baseline"] },
  })
    .judge(judged("p1", "ann", "left"), judged("p1", "bob", "right"), judged("p2", "ann", "tie"))
    .judge(judged("p2", "guest", "left", { group: "guests" }), judged("p3", "cy", "left", { right: "third" }))
    .judge(judged("p1", "late", "right", { surplus: true }))
    .judge(judged("p2", "m", "left", { group: "gpt" }))
    .judge(
      judged("p2", "m", "left", {
        ...{ group: "gpt", left: "baseline", right: "target", presentation: 1, origin: "loaded" },
      }),
    )
    .judge(judged("p4", "ann", "left"), judged("p4", "out", "right"))
    .exclude("out", "too fast")
    .judge(...MANY)
    .withTexts()
    .write();
  const app = await testApp(context);
  const owner = await ownerHeaders(app, context);
  const ask = async (query: string, url = "/api/studies/s/judged") => {
    const reply = await app.inject({ url: `${url}?${query}`, headers: owner });
    expect(reply.statusCode, reply.body).toBe(200);
    return judgedPageSchema.parse(reply.json());
  };
  return { context, app, ask, owner };
}

const PAIR = "system=target&against=baseline";

describe.each(["sqlite", "postgres"] as const)("the judgments behind a figure, on %s", (kind) => {
  it("are those of the people of the headline, with their texts", async () => {
    const { ask } = await study(kind);
    const { comparisons } = await ask(`${PAIR}&prompt=p1`);
    expect(comparisons).toMatchObject([
      {
        ...{ prompt: "p1", turn: 1, system: "target", against: "baseline", promptHtml: [] },
        judgments: [
          { annotator: "ann", group: "crowd", outcome: "win", choice: "left", left: "target" },
          { annotator: "bob", outcome: "loss", excludedBy: null, otherOrder: null },
        ],
      },
    ]);
    expect((await ask("system=baseline&against=target&outcome=win")).comparisons).toMatchObject([
      { prompt: "p1", system: "baseline", judgments: [{ outcome: "loss" }, { outcome: "win" }] },
    ]);
  });

  it("are narrowed by outcome, group and annotator, and give a model's verdict of both orders", async () => {
    const { ask } = await study(kind);
    const prompts = async (query: string) =>
      (await ask(query)).comparisons.map(({ prompt, judgments }) => [prompt, judgments.length]);
    expect(await prompts(`${PAIR}&outcome=loss`)).toEqual([["p1", 2]]);
    expect(await prompts(`${PAIR}&group=guests`)).toEqual([["p2", 1]]);
    expect(await prompts("annotator=bob")).toEqual([["p1", 2]]);
    expect((await ask(`${PAIR}&group=gpt`)).comparisons).toMatchObject([
      { prompt: "p2", judgments: [{ outcome: "tie", choice: "left", otherOrder: "left" }] },
    ]);
    expect(await prompts(`${PAIR}&group=gpt&outcome=win`)).toEqual([]);
    const besides = (await ask(`${PAIR}&prompt=p2&also=gpt`)).comparisons[0]!.judgments;
    expect(besides.map(({ group }) => group).sort()).toEqual(["crowd", "gpt"]);
  });

  it("hold an outcome that counts, and of an annotator asked for it is their own", async () => {
    const { ask } = await study(kind);
    const prompts = async (query: string) => (await ask(query)).comparisons.map(({ prompt }) => prompt);
    expect(await prompts(`${PAIR}&outcome=win`)).toEqual(["p1", "p4"]);
    expect(await prompts(`${PAIR}&outcome=loss`)).toEqual(["p1"]);
    expect(await prompts(`${PAIR}&outcome=loss&annotator=ann`)).toEqual([]);
    expect(await prompts(`${PAIR}&outcome=win&annotator=ann`)).toEqual(["p1", "p4"]);
    const { comparisons } = await ask(`${PAIR}&outcome=loss&annotator=out`);
    expect(comparisons).toMatchObject([
      { prompt: "p4", judgments: [{ excludedBy: null }, { annotator: "out", excludedBy: "too fast" }] },
    ]);
  });

  it("come page by page, each once", async () => {
    const { ask } = await study(kind);
    const seen: string[] = [];
    let next: string | null = "0";
    for (let pages = 0; next !== null && pages < 10; pages++) {
      const page = await ask(`${PAIR}&outcome=tie&after=${next}`);
      seen.push(...page.comparisons.map(({ prompt }) => prompt));
      next = page.next;
    }
    expect(seen).toEqual(["p2", ...MANY.map(({ prompt }) => prompt)]);
  });

  it("name what there is, open to a live link, and are no part of a kept report", async () => {
    const { app, owner, context } = await study(kind);
    const get = (url: string, headers: Record<string, string> = owner) => app.inject({ url, headers });
    const unknown = await get("/api/studies/s/judged?system=target&against=nobody");
    expect([unknown.statusCode, unknown.json<{ detail: string }>().detail]).toEqual([
      404,
      "There is no system “nobody”. Existing systems: baseline, target, third.",
    ]);
    expect((await get("/api/studies/s/judged?group=none")).statusCode).toBe(404);
    expect((await get("/api/studies/s/judged", HOST)).statusCode).toBe(401);
    const live = await shareResults(context, { study: "s", frozen: false, by: "owner" });
    expect((await get("/api/results/judged", bearer(live.token))).statusCode).toBe(200);
    const kept = await shareResults(context, { study: "s", frozen: true, by: "owner" });
    expect((await get("/api/results/judged", bearer(kept.token))).json()).toMatchObject({
      error: "SnapshotHoldsNoJudgments",
    });
  });
});
