import { describe, expect, it } from "vitest";
import { BLOCKS, type ReadBlock } from "../../../server/analysis/index.ts";
import { pairsToReport } from "../../../server/analysis/pairs/pairs.ts";
import { readStudy } from "../../../server/analysis/rows/study-data.ts";
import { BLOCK_NAMES, type BlockName } from "../../../server/contract/report.ts";
import { makeBlocks } from "../../../server/reports/blocks.ts";
import { testContext } from "../../support/context.ts";
import { StudyRows } from "../../support/study-rows.ts";

const CHOICES = ["left", "right", "tie"] as const;
const SYSTEMS = ["a", "b", "c"];

describe("the blocks of a report", () => {
  it("are the same to the last digit whether one thread makes them or two", async () => {
    const context = await testContext("sqlite");
    const judgments = Array.from({ length: 360 }, (_, i) => ({
      ...{ prompt: `p${i % 12}`, annotator: `a${Math.floor(i / 36)}`, choice: CHOICES[(i * i + i) % 3]! },
      ...{ left: SYSTEMS[Math.floor(i / 12) % 3]!, right: SYSTEMS[(Math.floor(i / 12) + 1) % 3]! },
      group: i < 324 ? "crowd" : "model",
    }));
    const groups = [
      { name: "crowd", kind: "crowd" as const },
      { name: "model", kind: "model" as const },
    ];
    await new StudyRows(context, { name: "s", systems: SYSTEMS, groups, pairs: "all" })
      .judge(...judgments)
      .write();
    const { given, read } = await context.database.read(async (reader) => {
      const data = await readStudy(reader, "s");
      const read = new Map<BlockName, ReadBlock<BlockName>>();
      for (const name of BLOCK_NAMES) read.set(name, await BLOCKS[name](reader, data));
      return { given: { data, rows: pairsToReport(data, [null, "crowd", "model"]) }, read };
    });
    const alone = await makeBlocks(given, read, { isShared: false });
    expect(alone.ranking.judgments).toBe(324);
    expect(JSON.stringify(await makeBlocks(given, read, { isShared: true }))).toBe(JSON.stringify(alone));
  });
});
