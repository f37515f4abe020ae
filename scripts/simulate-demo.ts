import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { DEMO_BASELINES, DEMO_TARGET } from "../server/commands/demo-study.ts";

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
}

const crowd = (number: number, over: Partial<Judge> = {}): Judge => ({
  name: `crowd-${number}`,
  group: "crowd",
  kind: "crowd",
  care: 1,
  leaning: 0,
  tie: 0.45,
  ...over,
});
const JUDGES: readonly Judge[] = [
  crowd(1),
  crowd(2, { tie: 0.6 }),
  crowd(3, { care: 1.2 }),
  crowd(4, { tie: 0.3 }),
  crowd(5, { care: 0 }),
  crowd(6, { leaning: 0.9 }),
  { name: "author-1", group: "authors", kind: "author", care: 1.6, leaning: 0, tie: 0.5 },
  { name: "author-2", group: "authors", kind: "author", care: 1.6, leaning: 0, tie: 0.5 },
  { name: "author-3", group: "authors", kind: "author", care: 1.4, leaning: 0, tie: 0.7 },
  { name: "simulated-model", group: "judge", kind: "model", care: 1.5, leaning: 0.25, tie: 0.25 },
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
  const rows = prompts.flatMap((prompt, p) =>
    DEMO_BASELINES.flatMap((baseline) =>
      judgesOf(p, baseline).map((judge) => judged(judge, prompt, baseline)),
    ),
  );
  return rows.map((row, i) => `${JSON.stringify({ judgment_id: `demo-${i + 1}`, ...row })}\n`).join("");
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

function judged(judge: Judge, prompt: string, baseline: string) {
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
