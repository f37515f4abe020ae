import fs from "node:fs";
import path from "node:path";
import { LOSS, TIE, WIN } from "../../server/statistics/judgments/half-tie.ts";
import { type Random, randomBelow } from "../../server/statistics/resampling/random.ts";
import type { DrawnStudy } from "./draw-study.ts";

/** 8,931 votes of a real crowd: `fixtures/llmfao/README.md` says whose. */
const VOTES = path.resolve(import.meta.dirname, "../../fixtures/llmfao/votes.csv");

/** What an annotator said of a prompt, for the model that is the better one over all votes. */
interface Vote {
  readonly prompt: number;
  readonly annotator: number;
  readonly outcome: number;
}

/**
 * Draws studies from a real one: its prompts and its annotators are drawn with replacement, and every vote of a drawn
 * annotator on a drawn prompt is in the study. The outcome is that of the model of a vote that fewer votes went against.
 */
export function realStudies(): { name: string; draw: (random: Random) => DrawnStudy } {
  const votes = readVotes();
  const [prompts, annotators] = [countOf(votes, "prompt"), countOf(votes, "annotator")];
  const cells = Array.from({ length: prompts * annotators }, (): number[] => []);
  for (const { prompt, annotator, outcome } of votes) cells[prompt * annotators + annotator]!.push(outcome);
  const rate = rateByPrompt(votes, prompts);
  const draw = (random: Random): DrawnStudy => {
    const whose = Int32Array.from({ length: annotators }, () => randomBelow(random, annotators));
    const found: Vote[] = [];
    for (let prompt = 0; prompt < prompts; prompt++) {
      const from = randomBelow(random, prompts) * annotators;
      whose.forEach((real, annotator) => {
        for (const outcome of cells[from + real]!) found.push({ prompt, annotator, outcome });
      });
    }
    return {
      prompts: Int32Array.from(found, ({ prompt }) => prompt),
      annotators: Int32Array.from(found, ({ annotator }) => annotator),
      outcomes: Uint8Array.from(found, ({ outcome }) => outcome),
      ...{ promptCount: prompts, annotatorCount: annotators, rate, theirRate: null },
    };
  };
  return { name: `${prompts} × ${annotators}, drawn from a real study`, draw };
}

function readVotes(): Vote[] {
  const [, ...lines] = fs.readFileSync(VOTES, "utf8").trim().split("\n");
  const rows = lines.map((line) => line.split(",").slice(1) as [string, string, string, string, string]);
  const scores = new Map<string, number>();
  for (const [, left, right, , winner] of rows) {
    const net = winner === "left" ? 1 : winner === "right" ? -1 : 0;
    scores.set(left, (scores.get(left) ?? 0) + net);
    scores.set(right, (scores.get(right) ?? 0) - net);
  }
  const [prompts, annotators] = [codes(rows.map(([one]) => one)), codes(rows.map((row) => row[3]))];
  return rows.map(([prompt, left, right, worker, winner]) => {
    const better = scores.get(left)! >= scores.get(right)! ? "left" : "right";
    const outcome = winner === "tie" ? TIE : winner === better ? WIN : LOSS;
    return { prompt: prompts.get(prompt)!, annotator: annotators.get(worker)!, outcome };
  });
}

const codes = (names: readonly string[]): Map<string, number> =>
  new Map([...new Set(names)].map((name, code) => [name, code]));

const countOf = (votes: readonly Vote[], key: "prompt" | "annotator"): number =>
  votes.reduce((most, vote) => Math.max(most, vote[key] + 1), 0);

function rateByPrompt(votes: readonly Vote[], prompts: number): number {
  const [sums, counts] = [new Float64Array(prompts), new Float64Array(prompts)];
  for (const { prompt, outcome } of votes) {
    sums[prompt]! += outcome / 2;
    counts[prompt]!++;
  }
  return sums.reduce((total, sum, p) => total + sum / counts[p]! / prompts, 0);
}
