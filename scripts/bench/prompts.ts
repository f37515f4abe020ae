import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { randomBelow, seededRandom } from "../../server/statistics/resampling/random.ts";
import { peakUntilExit } from "./load.ts";
import { clock, type Line, median, workFolder } from "./measure.ts";

const ROUNDS = 3;
const MAIN = path.resolve(import.meta.dirname, "../../dist/server/main.js");
const bare = (name: string, file: string): string[] => [
  "--import",
  "tsx",
  path.resolve(import.meta.dirname, name),
  file,
];
const built = (recipe: string, ...more: readonly string[]): string[] => [
  ...[MAIN, "prompts", "build", recipe, ...more],
  ...["--dry-run", "--json"],
];
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

/** Building prompt sets beside reading the same files and nothing else. */
export const promptsBench = async (isLong: boolean): Promise<Line[]> => [
  ...(await limaBench(isLong ? 500 : 50)),
  ...(await nearBench(isLong ? 100_000 : 20_000)),
  ...(await overlapBench(isLong ? 1_000_000 : 100_000)),
];

/** A Posts.xml of this size through LIMA's rules, beside reading its rows with the same reader. */
async function limaBench(megabytes: number): Promise<Line[]> {
  const folder = workFolder();
  fs.mkdirSync(path.join(folder, SITE));
  const file = path.join(folder, SITE, "Posts.xml");
  writePosts(file, megabytes * 1e6);
  const without = WITHOUT.flatMap((name) => ["--without", name]);
  return besideBench({
    what: `${megabytes} MB of Posts.xml through LIMA's rules`,
    product: built("lima", `other=${folder}`, ...without),
    limit: bare("bare-rows.ts", file),
    reach: ["≥ 0.6", "≤ 300 MB"],
  });
}

/** Beside the same prompts without the step. */
async function nearBench(count: number): Promise<Line[]> {
  const folder = workFolder();
  const prompt = sentences(5);
  const file = path.join(folder, "prompts.jsonl");
  await writeLines(file, count, (at) => ({ prompt_id: String(at), prompt: prompt(10, 40) }));
  const recipe = (name: string, steps: string): string => {
    const at = path.join(folder, `${name}.yaml`);
    const source = `{ name: ours, kind: prompts, files: [prompts.jsonl], steps: [${steps}], draw: { into: { test: 300 } } }`;
    fs.writeFileSync(at, `sources: [${source}]\n`);
    return at;
  };
  return besideBench({
    what: `near duplicates of ${count.toLocaleString("en")} prompts`,
    product: built(recipe("near", "no-near-duplicates")),
    limit: built(recipe("plain", "")),
    reach: ["–", "≤ 1 GB"],
  });
}

/** Beside reading the texts with the same reader. */
async function overlapBench(count: number): Promise<Line[]> {
  const folder = workFolder();
  const text = sentences(7);
  const train = path.join(folder, "train.jsonl");
  await writeLines(train, count, () => ({
    messages: [
      { role: "user", content: text(10, 40) },
      { role: "assistant", content: text(30, 120) },
    ],
  }));
  await writeLines(path.join(folder, "prompts.jsonl"), 300, (at) => ({
    prompt_id: String(at),
    prompt: text(10, 40),
  }));
  const recipe = path.join(folder, "overlap.yaml");
  fs.writeFileSync(
    recipe,
    "overlap: { with: [train.jsonl] }\nsources: [{ name: ours, kind: prompts, files: [prompts.jsonl], draw: { into: { test: 300 } } }]\n",
  );
  return besideBench({
    what: `overlap of 300 prompts with ${count.toLocaleString("en")} conversations (${Math.round(fs.statSync(train).size / 1e6)} MB)`,
    product: built(recipe),
    limit: bare("bare-texts.ts", train),
    reach: ["≥ 0.3", "–"],
  });
}

/** The product and its limit in turn, each a process of its own. @param given.reach of the ratio, and of the memory */
async function besideBench(given: {
  what: string;
  product: readonly string[];
  limit: readonly string[];
  reach: readonly [string, string];
}): Promise<Line[]> {
  const took = { product: [] as number[], limit: [] as number[] };
  let peakMb = 0;
  for (let round = 0; round < ROUNDS; round++)
    for (const kind of ["limit", "product"] as const) {
      const start = clock();
      const child = spawn(process.execPath, given[kind], { stdio: ["ignore", "ignore", "inherit"] });
      const peak = await peakUntilExit(child);
      took[kind].push(clock() - start);
      if (child.exitCode !== 0) throw new Error(`${given.what}: the ${kind} ended with ${child.exitCode}.`);
      if (kind === "product") peakMb = Math.max(peakMb, peak);
    }
  const [product, limit] = [median(took.product), median(took.limit)];
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return [
    {
      what: given.what,
      measured: seconds(product),
      limit: seconds(limit),
      ratio: (limit / product).toFixed(2),
      reach: given.reach[0],
    },
    {
      what: "memory at its peak",
      measured: `${peakMb} MB`,
      limit: "–",
      ratio: "–",
      reach: given.reach[1],
    },
  ];
}

/** Sentences of made-up words, of which some are as frequent as in a language. */
function sentences(seed: number): (low: number, high: number) => string {
  const random = seededRandom(String(seed));
  const words = Array.from({ length: 20_000 }, (_word, at) => `w${(at * 7919).toString(36)}`);
  const word = (): string =>
    words[
      Math.min(
        randomBelow(random, words.length),
        randomBelow(random, words.length),
        randomBelow(random, words.length),
      )
    ]!;
  return (low, high) =>
    `${Array.from({ length: low + randomBelow(random, high - low + 1) }, word).join(" ")}.`;
}

async function writeLines(file: string, count: number, rowOf: (at: number) => object): Promise<void> {
  const stream = fs.createWriteStream(file);
  const BATCH = 1000;
  for (let at = 0; at < count; at += BATCH) {
    const size = Math.min(BATCH, count - at);
    const text = Array.from({ length: size }, (_row, i) => `${JSON.stringify(rowOf(at + i))}\n`).join("");
    if (!stream.write(text)) await once(stream, "drain");
  }
  await new Promise<void>((resolve) => stream.end(resolve));
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
