import { describe, expect, it } from "vitest";
import type { Choice } from "../../../../server/contract/words.ts";
import { CHOICES } from "../../../../server/analysis/rows/judgment-columns.ts";
import { buildReport } from "../../../../server/reports/report.ts";
import { readStudy } from "../../../../server/analysis/rows/study-data.ts";
import { defaultProtocol } from "../../../../server/studies/default-protocol.ts";
import { DATABASES, testContext } from "../../../support/context.ts";
import { type GivenJudgment, type GivenStudy, StudyRows } from "../../../support/study-rows.ts";

const PAIRS = { target: "target", baselines: ["baseline"] };
const STUDY: GivenStudy = {
  name: "judged",
  systems: ["baseline", "target"],
  groups: [
    { name: "crowd", kind: "crowd" },
    { name: "gpt", kind: "model" },
  ],
  pairs: PAIRS,
};

/** What a model said with the target on the left, and what it said with the target on the right. */
const bothOrders = (prompt: string, first: Choice, second: Choice): GivenJudgment[] => [
  { prompt, left: "target", right: "baseline", group: "gpt", annotator: "m", choice: first },
  {
    ...{ prompt, left: "baseline", right: "target", group: "gpt", annotator: "m", choice: second },
    ...{ presentation: 1, origin: "loaded" as const },
  },
];

const JUDGMENTS: GivenJudgment[] = [
  ...bothOrders("p1", "left", "right"), // the target both times
  ...bothOrders("p2", "left", "left"), // whoever stands left
  ...bothOrders("p3", "tie", "left"), // a tie, then the baseline
  ...bothOrders("p4", "both_bad", "both_bad"),
  ...bothOrders("p5", "right", "left"), // the baseline both times
  { prompt: "p6", left: "target", right: "baseline", group: "gpt", annotator: "m", choice: "left" },
  {
    ...{ prompt: "p6", left: "target", right: "baseline", group: "gpt", annotator: "m" },
    ...{ choice: "right", presentation: 2, purpose: "repeat", origin: "loaded" },
  },
  { prompt: "p2", left: "baseline", right: "target", group: "crowd", annotator: "ann", choice: "left" },
];

describe.each(DATABASES)("both orders of a model on %s", (kind) => {
  async function written(more = (rows: StudyRows) => rows) {
    const context = await testContext(kind);
    await more(new StudyRows(context, STUDY).judge(...JUDGMENTS)).write();
    return context;
  }
  const counted = async (context: Awaited<ReturnType<typeof written>>) => {
    const report = await buildReport(context, { study: "judged" });
    const { win, tie, loss } = report.pairs.find(({ group }) => group === "gpt")!;
    return [win.count, tie.count, loss.count];
  };

  it("make one verdict: what both say, else a tie", async () => {
    expect(await counted(await written())).toEqual([2, 3, 1]);
  });

  it("lean to the win of one order where the protocol says so", async () => {
    const context = await written();
    const protocol = defaultProtocol(PAIRS);
    const body = JSON.stringify({ ...protocol, analysis: { ...protocol.analysis, orderRule: "lean" } });
    await context.database.transact(({ db }) => db.updateTable("protocol").set({ body }).execute());
    expect(await counted(await written())).toEqual([2, 3, 1]);
    expect(await counted(context)).toEqual([2, 2, 2]);
  });

  it("are kept as they were said", async () => {
    const context = await written();
    const { again, rows, prompts } = await context.database.read((reader) => readStudy(reader, "judged"));
    const told = Array.from({ length: again.count }, (_, i) => [
      prompts[rows.prompt[again.row[i]!]!]!.name,
      again.isOtherOrder[i],
      CHOICES[again.first[i]!],
      CHOICES[again.choice[i]!],
      again.left[i],
    ]);
    expect(told).toEqual([
      ["p1", 1, "left", "right", 0],
      ["p2", 1, "left", "left", 0],
      ["p3", 1, "tie", "left", 0],
      ["p4", 1, "both_bad", "both_bad", 0],
      ["p5", 1, "right", "left", 0],
      ["p6", 0, "left", "right", 1],
    ]);
    const bothBad = Array.from(rows.choice).filter((choice) => CHOICES[choice] === "both_bad");
    expect(bothBad).toHaveLength(1);
  });

  it("of an excluded model are left out with it", async () => {
    const context = await written((rows) => rows.exclude("m", "asked for"));
    const { again, excluded } = await context.database.read((reader) => readStudy(reader, "judged"));
    expect(again.count).toBe(0);
    const ties = Array.from(excluded.choice).filter((choice) => CHOICES[choice] === "tie");
    expect(ties).toHaveLength(2);
  });
});
