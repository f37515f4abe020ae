import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { DEMO_BASELINES, DEMO_TARGET } from "../server/demo/demo-study.ts";

/**
 * Writes the demo's simulated judgments to fixtures/demo/judgments.jsonl: three groups, a shared set that all
 * judge, three crowd judgments elsewhere, one careless and one left-leaning annotator. The same file every time.
 */
const FOLDER = path.resolve(import.meta.dirname, "../fixtures/demo");
const SHARED = 8;
const CROWD_ELSEWHERE = 3;

/** How good a system's answers are taken to be; the target's are 1. */
const QUALITY: Record<string, number> = {
  terse: 0.6,
  florid: 0.1,
  hedging: -0.4,
  listing: 0.85,
  careless: -1.3,
};

interface Judge {
  readonly name: string;
  readonly group: string;
  readonly kind: "crowd" | "author" | "model";
  /** How much their choice follows quality. */
  readonly care: number;
  /** How much they lean to what stands left. */
  readonly leaning: number;
  /** The difference below which they see a tie. */
  readonly tie: number;
  /** Seconds that a pair takes them, in the middle; a model's are not told. */
  readonly seconds: number;
  /** How much quicker the last pair is than the first, as a share. */
  readonly hurry: number;
}

const crowd = (number: number, over: Partial<Judge> = {}): Judge => ({
  name: `crowd-${number}`,
  group: "crowd",
  kind: "crowd",
  care: 1,
  leaning: 0,
  tie: 0.45,
  seconds: 48,
  hurry: 0.2,
  ...over,
});
const AUTHOR = { seconds: 75, hurry: 0 };
const MODEL = { seconds: 3, hurry: 0 };
const JUDGES: readonly Judge[] = [
  crowd(1),
  crowd(2, { tie: 0.6 }),
  crowd(3, { care: 1.2, seconds: 63 }),
  crowd(4, { tie: 0.3 }),
  crowd(5, { care: 0, seconds: 11, hurry: 0.6 }),
  crowd(6, { leaning: 0.9 }),
  { name: "author-1", group: "authors", kind: "author", care: 1.6, leaning: 0, tie: 0.5, ...AUTHOR },
  { name: "author-2", group: "authors", kind: "author", care: 1.6, leaning: 0, tie: 0.5, ...AUTHOR },
  { name: "author-3", group: "authors", kind: "author", care: 1.4, leaning: 0, tie: 0.7, ...AUTHOR },
  { name: "simulated-model", group: "judge", kind: "model", care: 1.5, leaning: 0.25, tie: 0.25, ...MODEL },
];

/** A number from 0 to 1 that depends on its parts alone. */
const chance = (...parts: readonly string[]): number =>
  parseInt(hash("sha256", ["demo", ...parts].join("\n")).slice(0, 12), 16) / 2 ** 48;

/** A standard logistic draw. */
const noise = (...parts: readonly string[]): number => {
  const u = Math.min(1 - 1e-9, Math.max(1e-9, chance(...parts)));
  return Math.log(u / (1 - u));
};

export function simulatedJudgments(prompts: readonly string[]): string {
  const pairs = prompts.flatMap((prompt, p) =>
    DEMO_BASELINES.flatMap((baseline) => judgesOf(p, baseline).map((judge) => ({ judge, prompt, baseline }))),
  );
  const worked = new Map(
    JUDGES.flatMap((judge) =>
      workOf(
        judge,
        pairs.filter((pair) => pair.judge === judge),
      ),
    ),
  );
  const rows = pairs.map((pair, i) => ({
    judgment_id: `demo-${i + 1}`,
    ...judged(pair),
    ...worked.get(pair),
  }));
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

interface Pair {
  readonly judge: Judge;
  readonly prompt: string;
  readonly baseline: string;
}

const FIRST_DAY = Date.UTC(2026, 8, 7, 9);
const A_DAY = 24 * 60 * 60 * 1000;
const A_SESSION = 40;

/** When each pair was judged, in sessions of forty a day, and for how long: pairs come in an order of their own. */
function workOf(judge: Judge, pairs: readonly Pair[]): [Pair, { created_at: string; active_ms?: number }][] {
  const order = (pair: Pair) => chance("order", judge.name, pair.prompt, pair.baseline);
  const begins =
    Math.floor(JUDGES.indexOf(judge) / 3) * A_DAY + Math.round(chance("begin", judge.name) * 3_600) * 1000;
  let now = 0;
  return pairs
    .toSorted((one, other) => order(one) - order(other))
    .map((pair, i) => {
      const { prompt, baseline } = pair;
      const slowness = Math.exp(0.35 * noise("time", judge.name, prompt, baseline));
      const ms = Math.round(judge.seconds * 1000 * slowness * (1 - (judge.hurry * i) / pairs.length));
      if (i % A_SESSION === 0) now = FIRST_DAY + begins + (i / A_SESSION) * A_DAY;
      now += ms + 2_000;
      const created_at = new Date(now).toISOString();
      return [pair, judge.kind === "model" ? { created_at } : { created_at, active_ms: ms }];
    });
}

function judgesOf(promptNumber: number, baseline: string): Judge[] {
  if (promptNumber < SHARED) return [...JUDGES];
  const people = JUDGES.filter((judge) => judge.group === "crowd");
  const start = promptNumber + DEMO_BASELINES.indexOf(baseline);
  return Array.from(
    { length: CROWD_ELSEWHERE },
    (_, i) => people[(start + i * 2 + (i >> 1)) % people.length]!,
  );
}

function judged({ judge, prompt, baseline }: Pair) {
  const targetLeft = chance("side", judge.name, prompt, baseline) < 0.5;
  const [left, right] = targetLeft ? [DEMO_TARGET, baseline] : [baseline, DEMO_TARGET];
  const advantage = 1 - (QUALITY[baseline] ?? 0) + 0.5 * noise("prompt", prompt, baseline);
  const towardsLeft = judge.care * (targetLeft ? advantage : -advantage) + judge.leaning;
  const seen = towardsLeft + 0.7 * noise("judge", judge.name, prompt, baseline);
  const choice = Math.abs(seen) < judge.tie ? "tie" : seen > 0 ? "left" : "right";
  const { name, group, kind } = judge;
  const said = { prompt_id: prompt, left_system: left, right_system: right, choice };
  return { ...said, annotator: name, group, group_kind: kind };
}

if (process.argv[1] === import.meta.filename) {
  const lines = fs.readFileSync(path.join(FOLDER, "prompts.jsonl"), "utf8").trimEnd().split("\n");
  const prompts = lines.map((line) => (JSON.parse(line) as { prompt_id: string }).prompt_id);
  fs.writeFileSync(path.join(FOLDER, "judgments.jsonl"), simulatedJudgments(prompts));
}
