import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folder, written } from "./reading-support.ts";

const HEAP_MB = 40;
/** More than that heap holds, though every character took one byte. */
const ROWS = 37_000;

/** What CommonJS packages call. */
const REQUIRE = `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);`;

/** A script in one file: within so small a heap, translating what it imports takes three times as long as what it does. */
async function bundled(script: string): Promise<string> {
  const outfile = path.join(folder, `${script}.mjs`);
  await build({
    entryPoints: [path.join(import.meta.dirname, script)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    banner: { js: REQUIRE },
    define: { "import.meta.url": JSON.stringify(import.meta.url) }, // where it looks for the project's files
  });
  return outfile;
}

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

  const PIECES = [
    "prompt_id,prompt\n",
    '{"prompt":',
    '"',
    ",",
    "[",
    "]",
    "}",
    "\n",
    "\r",
    "\t",
    "\uFEFF",
    "null",
    "a",
  ];
  const bytes = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...PIECES).map((piece) => Buffer.from(piece)) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((piece) => Buffer.from(piece)) },
    ),
    { maxLength: 30 },
  );

  it("never throws, and never says nothing, whatever bytes a file holds", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom("jsonl", "csv"), async (pieces, ending) => {
        const { records, problems } = await written(`bytes.${ending}`, Buffer.concat(pieces));
        expect(records.length + problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it("takes a line of 10 MB, and characters that two pieces share", async () => {
    const output = "é漢🙂".repeat(1_100_000);
    const { records } = await written("long.jsonl", `${JSON.stringify({ prompt_id: 1, output })}\n`);
    expect(records[0]?.kind === "response" && records[0].turns[0] === output).toBe(true);
  });

  it.each(["jsonl", "csv"])("holds little of a large file of %s at once", async (ending) => {
    const file = path.join(folder, `large.${ending}`);
    const output = "x".repeat(1200);
    const row =
      ending === "csv" ? `p,s,"${output}"\n` : `${JSON.stringify({ prompt_id: "p", system: "s", output })}\n`;
    fs.writeFileSync(file, (ending === "csv" ? "prompt_id,system,output\n" : "") + row.repeat(ROWS));
    expect(fs.statSync(file).size).toBeGreaterThan(HEAP_MB * 1e6);
    const heap = `--max-old-space-size=${HEAP_MB}`;
    const run = await promisify(execFile)(process.execPath, [heap, await bundled("held-memory.ts"), file]);
    const { records, most } = JSON.parse(run.stdout) as { records: number; most: number };
    expect(records).toBe(ROWS);
    expect(most).toBeLessThan(HEAP_MB * 1e6);
  });
});
