import { describe, expect, it } from "vitest";
import { AHEAD_MAX, Sides, standsLeft } from "../../../server/assignments/side.ts";
import type { AssignmentService } from "../../../server/assignments/assignment-service.ts";
import type { Context } from "../../../server/context.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { type Random, randomBelow, seededRandom } from "../../../server/statistics/resampling/random.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";

/** Sides of one annotator and pair in order: 1 where the first of the two systems stands left, else −1. */
type Sequence = readonly number[];

function sequence(random: Random, length: number): Sequence {
  let difference = 0;
  return Array.from({ length }, () => {
    const side = standsLeft(difference, () => randomBelow(random, 2) === 0) ? 1 : -1;
    difference += side;
    return side;
  });
}

/** How far ahead one side ever was. */
function mostAhead(sides: Sequence): number {
  let [difference, most] = [0, 0];
  for (const side of sides) most = Math.max(most, Math.abs((difference += side)));
  return most;
}

/**
 * The share of sides that somebody foretells who has learnt, for every run of the last `memory` sides together with how far
 * ahead one was, what came next most often: no guesser with that memory does better on these sequences.
 */
function foretold(sequences: readonly Sequence[], memory: number): number {
  const next = new Map<string, [number, number]>();
  let all = 0;
  for (const sides of sequences) {
    let ahead = 0;
    sides.forEach((side, i) => {
      const seen = `${sides.slice(Math.max(0, i - memory), i).join()} ${ahead}`;
      const counts = next.get(seen) ?? [0, 0];
      counts[side > 0 ? 0 : 1]++;
      next.set(seen, counts);
      ahead += side;
      all++;
    });
  }
  return [...next.values()].reduce((right, counts) => right + Math.max(...counts), 0) / all;
}

/** The share of sides that are as somebody says who knows every earlier one: what lags behind comes next. */
function perfectGuess(sequences: readonly Sequence[]): number {
  let [right, all] = [0, 0];
  for (const sides of sequences) {
    let ahead = 0;
    for (const side of sides) {
      right += Math.abs(ahead) >= AHEAD_MAX ? Number(side === -Math.sign(ahead)) : 0.5;
      ahead += side;
      all++;
    }
  }
  return right / all;
}

describe("the sides of an annotator", () => {
  const random = seededRandom("sides");
  const sequences = Array.from({ length: 40 }, () => sequence(random, 5_000));

  it.each([0, 1, 2, 3, 4])("are foretold 7 times in 12, however well the last %i are learnt", (memory) => {
    expect(foretold(sequences, memory)).toBeGreaterThan(0.575);
    expect(foretold(sequences, memory)).toBeLessThan(0.592);
  });

  it("are as an exact walk between three and three says: 7 of 12", () => {
    expect(perfectGuess(sequences)).toBeCloseTo(7 / 12, 2);
  });

  it("never come in couples, nor in blocks of any length", () => {
    for (const length of [2, 3, 4, 5, 6, 8, 10]) {
      const sums = sequences.flatMap((sides) =>
        Array.from({ length: sides.length / length }, (_, k) =>
          Math.abs(sides.slice(k * length, (k + 1) * length).reduce((sum, side) => sum + side, 0)),
        ),
      );
      const least = sums.filter((sum) => sum === length % 2).length / sums.length;
      expect(least).toBeLessThan(0.9);
    }
  });

  it("are never more than three apart, and reach that", () => {
    for (const sides of sequences) expect(mostAhead(sides)).toBe(AHEAD_MAX);
    expect(standsLeft(7, () => true)).toBe(false);
    expect(standsLeft(-7, () => false)).toBe(true);
  });
});

/** For each annotator and pair of systems the sides in the order of handing out. */
async function sequencesOf(context: Context): Promise<Sequence[]> {
  const rows = await context.database.read(({ db }) =>
    db
      .selectFrom("assignment")
      .select(["annotator_id as who", "left_system_id as left", "right_system_id as right"])
      .where("presentation", "=", 0)
      .orderBy("annotator_id")
      .orderBy("ordinal")
      .execute(),
  );
  const bySystems = new Map<string, number[]>();
  for (const { who, left, right } of rows) {
    const key = [who, Math.min(left, right), Math.max(left, right)].join();
    bySystems.set(key, [...(bySystems.get(key) ?? []), left < right ? 1 : -1]);
  }
  return [...bySystems.values()];
}

async function judgeAll(desk: AssignmentService, token: string): Promise<void> {
  let work = await desk.workFor(token, []);
  while (work.state === "work") {
    work = (await recordJudgment(desk, token, judgmentOf(work.buffer[0] ?? "", "left"))).work;
  }
}

/** Bytes by a seed, so that a test tells the same every time. */
function seededBytes(seed: string): (size: number) => Buffer {
  const random = seededRandom(seed);
  return (size) => Buffer.from(Array.from({ length: size }, () => randomBelow(random, 256)));
}

describe.each(DATABASES)("sides that were handed out on %s", (kind) => {
  it("are foretold little better than by a coin, and never more than three apart", async () => {
    const context = { ...(await testContext(kind)), randomBytes: seededBytes("handing out") };
    const groups = [{ name: "crowd", kind: "crowd" as const, judgments: 4, sharedJudgments: 4 }].map(
      (group) => ({ ...group, judgmentsPerAnnotator: null, headline: true }),
    );
    const shape = {
      prompts: 60,
      baselines: 2,
      annotators: 4,
      protocol: { groups, promptRepeats: "allow" as const },
    };
    const { desk, tokens } = await openStudy(context, shape);
    for (const token of tokens) await judgeAll(desk, token);
    const sequences = await sequencesOf(context);
    expect(sequences.map((sides) => sides.length)).toEqual(Array.from({ length: 8 }, () => 60));
    for (const sides of sequences) expect(mostAhead(sides)).toBeLessThanOrEqual(AHEAD_MAX);
    expect(perfectGuess(sequences)).toBeLessThan(0.62);
    const couples = sequences.flatMap((sides) =>
      sides.flatMap((side, i) => (i % 2 ? [side !== sides[i - 1]] : [])),
    );
    expect(couples.filter(Boolean).length / couples.length).toBeLessThan(0.75);
  });

  it("do not follow from the study's seed: the same study again has others", async () => {
    const shape = { prompts: 40, baselines: 1, annotators: 1 };
    const [one, other] = await Promise.all(
      ["one", "other"].map(async (seed) => {
        const context = { ...(await testContext(kind)), randomBytes: seededBytes(seed) };
        const { desk, tokens } = await openStudy(context, shape);
        await judgeAll(desk, tokens[0]!);
        return sequencesOf(context);
      }),
    );
    expect(one).not.toEqual(other);
  });

  it("count what came back without a judgment, and no presentation again", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 8, baselines: 1, annotators: 1 });
    await desk.workFor(tokens[0]!, []);
    const tails = () => Buffer.from([1]); // the first of the two never stands left
    const row = await context.database.transact(async ({ db }) => {
      const [first, ...others] = await db.selectFrom("assignment").selectAll().orderBy("ordinal").execute();
      if (!first) throw new Error("nothing was handed out");
      const low = Math.min(first.left_system_id, first.right_system_id);
      const high = Math.max(first.left_system_id, first.right_system_id);
      await db
        .updateTable("assignment")
        .set({ left_system_id: high, right_system_id: low, ended_at: "2026", ended_how: "returned" })
        .where("id", "in", [first.id, ...others.slice(0, 2).map((one) => one.id)])
        .execute();
      await db
        .updateTable("assignment")
        .set({
          left_system_id: low,
          right_system_id: high,
          presentation: 2,
          purpose: "repeat",
          slot_id: null,
        })
        .where(
          "id",
          "in",
          others.slice(2).map((one) => one.id),
        )
        .execute();
      return { id: first.annotator_id, low, high };
    });
    const decided = await context.database.transact((tx) => new Sides(tx, row, tails).decide(row));
    expect(decided).toEqual({ left: row.low, right: row.high });
  });
});
