import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { peakUntilExit } from "./load.ts";
import { clock, type Line, median, workFolder } from "./measure.ts";

const ROUNDS = 3;
const MAIN = path.resolve(import.meta.dirname, "../../dist/server/main.js");
const BARE = path.resolve(import.meta.dirname, "bare-rows.ts");
const SITE = "cooking.stackexchange.com";
const WITHOUT = [
  "stem",
  "wikihow",
  "writing-prompts",
  "natural-instructions",
  "authors-a",
  "ask-reddit",
  "authors-b",
];

/** A Posts.xml of this size through LIMA's rules, beside reading its rows with the same reader and nothing else. */
export async function promptsBench(megabytes: number): Promise<Line[]> {
  const folder = workFolder();
  fs.mkdirSync(path.join(folder, SITE));
  const file = path.join(folder, SITE, "Posts.xml");
  writePosts(file, megabytes * 1e6);
  const took = { product: [] as number[], limit: [] as number[] };
  let peakMb = 0;
  for (let round = 0; round < ROUNDS; round++)
    for (const kind of ["limit", "product"] as const) {
      const without = WITHOUT.flatMap((name) => ["--without", name]);
      const product = [
        MAIN,
        "prompts",
        "build",
        "lima",
        `other=${folder}`,
        ...without,
        "--dry-run",
        "--json",
      ];
      const start = clock();
      const args = kind === "product" ? product : ["--import", "tsx", BARE, file];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
      const peak = await peakUntilExit(child);
      took[kind].push(clock() - start);
      if (kind === "product") peakMb = Math.max(peakMb, peak);
    }
  const [product, limit] = [median(took.product), median(took.limit)];
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return [
    {
      what: `${megabytes} MB of Posts.xml through LIMA's rules`,
      measured: seconds(product),
      limit: seconds(limit),
      ratio: (limit / product).toFixed(2),
      reach: "≥ 0.6",
    },
    { what: "memory at its peak", measured: `${peakMb} MB`, limit: "–", ratio: "–", reach: "≤ 300 MB" },
  ];
}

const SENTENCE = "Flour takes up water slowly, so the dough is let rest until it can be stretched thin. ";

function writePosts(file: string, bytes: number): void {
  const handle = fs.openSync(file, "w");
  fs.writeSync(handle, '<?xml version="1.0" encoding="utf-8"?>\n<posts>\n');
  for (let id = 1, written = 0; written < bytes;) {
    const question = id++;
    const rows = [
      `  <row Id="${question}" PostTypeId="1" CreationDate="2015-05-05T05:05:05.005" Score="${question % 50}" Body="&lt;p&gt;${SENTENCE.repeat(8)}&lt;/p&gt;" OwnerUserId="7" Title="Why does dough number ${question} rest so long?" Tags="|dough|" ContentLicense="CC BY-SA 3.0" />`,
      ...Array.from(
        { length: question % 3 },
        (_answer, at) =>
          `  <row Id="${id++}" PostTypeId="2" ParentId="${question}" CreationDate="2015-06-05T05:05:05.005" Score="${(question * 7 + at) % 30}" Body="&lt;p&gt;${SENTENCE.repeat(12 + (question % 11))}&lt;/p&gt;&#xA;&lt;p&gt;${question % 4 === 0 ? "I like it." : "It rests."}&lt;/p&gt;" OwnerUserId="9" ContentLicense="CC BY-SA 3.0" />`,
      ),
    ];
    const text = `${rows.join("\n")}\n`;
    written += text.length;
    fs.writeSync(handle, text);
  }
  fs.writeSync(handle, "</posts>\n");
  fs.closeSync(handle);
}
