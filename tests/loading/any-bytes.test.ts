import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFile } from "../../server/loading/reading/read-file.ts";
import { folder, options, written } from "./reading-support.ts";

describe("reading", () => {
  const text = fc.string({ unit: "grapheme" });

  it("returns any text unchanged from JSON lines and from columns", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (outputs) => {
        const lines = outputs.map((output, i) => JSON.stringify({ prompt_id: `p${i}`, system: "s", output }));
        const quoted = outputs.map((output, i) => `p${i},s,"${output.replaceAll('"', '""')}"`);
        const fromLines = await written("any.jsonl", lines.join("\n"));
        const fromColumns = await written("any.csv", ["prompt_id,system,output", ...quoted].join("\n"));
        for (const { records, problems } of [fromLines, fromColumns]) {
          expect(problems).toEqual([]);
          expect(records.map((record) => record.kind === "response" && record.turns[0])).toEqual(outputs);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("never throws, whatever bytes a file holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const { records, problems } = await written("bytes.jsonl", Buffer.from(bytes));
        expect(records.length + problems.length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 150 },
    );
  });

  it("takes a line of 10 MB, and characters that two pieces share", async () => {
    const output = "é漢🙂".repeat(1_100_000);
    const { records } = await written("long.jsonl", `${JSON.stringify({ prompt_id: 1, output })}\n`);
    expect(records[0]?.kind === "response" && records[0].turns[0] === output).toBe(true);
  });

  it("holds little of a large file at once", async () => {
    const file = path.join(folder, "large.jsonl");
    const row = `${JSON.stringify({ prompt_id: "p", system: "s", output: "x".repeat(1200) })}\n`;
    fs.writeFileSync(file, row.repeat(50_000));
    let count = 0;
    let most = 0;
    const start = process.memoryUsage().heapUsed;
    for await (const items of readFile(file, options("large.jsonl"))) {
      count += items.length;
      most = Math.max(most, process.memoryUsage().heapUsed - start);
    }
    expect(count).toBe(50_000);
    expect(most).toBeLessThan(80e6);
  });
});
