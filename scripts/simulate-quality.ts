import type { Consequence } from "../server/contract/quality.ts";
import type { Choice } from "../server/contract/words.ts";
import { DEFAULT_RULES } from "../server/quality/default-rules.ts";
import { foundBy, type Tally, withJudgment } from "../server/quality/rules.ts";
import { seededRandom } from "../server/statistics/resampling/random.ts";
import { normalQuantile } from "../server/statistics/special/normal-quantile.ts";

/**
 * Prints what the default rules find of simulated workers of a crowd, and what a usable judgment costs without checks, with
 * checks alone and with the rules, in the pay of one judgment. Who is paused is looked at by a person, who lets those go
 * on who read and ends the others; a warning changes nobody. Arguments: number of workers (20000) and seed (1).
 */
const [workers, seed] = [Number(process.argv[2] ?? 20_000), process.argv[3] ?? "1"];
const whole = seededRandom(`quality ${seed}`);
const random = (): number => (whole() + 0.5) / 2 ** 32;
const normal = (): number => normalQuantile(random());

/** Pairs of a worker, a check in every five of them, a third of these instructing, and a repeat in every ten but the first. */
const [PAIRS, CHECK_EVERY, INSTRUCTING, REPEAT_EVERY] = [40, 5, 1 / 3, 10];
/** What a person's look at somebody's work costs, in judgments: about three minutes of a researcher. */
const LOOK = 5;

/** How people of a kind work: chances of a right answer, and words of a pair per minute; `spread` between people. */
interface Kind {
  readonly name: string;
  readonly share: number;
  readonly gold: number;
  readonly attention: number;
  readonly repeats: number;
  readonly speed: number;
  readonly odds: readonly [number, number, number];
}

/** Readers know 92 % of gold pairs, differ by ±5 points, and read or skim a pair at 350 words per minute (median). */
const KINDS: readonly Kind[] = [
  {
    name: "reads",
    share: 0.8,
    gold: 0.92,
    attention: 0.95,
    repeats: 0.75,
    speed: 350,
    odds: [0.39, 0.22, 0.39],
  },
  {
    name: "skims",
    share: 0.1,
    gold: 0.65,
    attention: 0.6,
    repeats: 0.5,
    speed: 1200,
    odds: [0.37, 0.26, 0.37],
  },
  {
    name: "clicks",
    share: 0.06,
    gold: 0.35,
    attention: 0.3,
    repeats: 0.35,
    speed: 4000,
    odds: [0.34, 0.33, 0.33],
  },
  {
    name: "same choice",
    share: 0.04,
    gold: 0.35,
    attention: 0.15,
    repeats: 0.9,
    speed: 4000,
    odds: [0.96, 0.02, 0.02],
  },
];
const CHOICES: readonly Choice[] = ["left", "tie", "right"];
const THRESHOLDS = DEFAULT_RULES.flatMap(({ signal, threshold }) => (signal === "speed" ? [threshold] : []));

/** What came of one worker: pairs done, paid (checks and repeats among them), and what rules did. */
interface Outcome {
  readonly pairs: number;
  readonly paid: number;
  readonly took: ReadonlySet<Consequence>;
}

function work(kind: Kind, { checks, rules }: { checks: boolean; rules: boolean }): Outcome {
  const person = { gold: clamp(kind.gold + 0.05 * normal()), speed: kind.speed * Math.exp(0.35 * normal()) };
  const counts = { gold: none(), attention: none(), repeats: none() };
  const took = new Set<Consequence>();
  const known = new Set<number>();
  let tally: Tally | null = null;
  let [pairs, paid] = [0, 0];
  const judge = (of: keyof typeof counts | null): boolean => {
    paid++;
    const choice = CHOICES[pick(kind.odds)]!;
    tally = withJudgment(tally, {
      choice,
      speed: person.speed * Math.exp(0.5 * normal()),
      thresholds: THRESHOLDS,
    });
    if (of !== null) {
      counts[of].of++;
      if (random() < (of === "gold" ? person.gold : kind[of])) counts[of].passed++;
    }
    if (!rules) return true;
    const seen = {
      ...tally,
      gold: none(),
      attention: none(),
      repeats: none(),
      ...(of && { [of]: counts[of] }),
    };
    for (const [n, rule] of DEFAULT_RULES.entries()) {
      if (known.has(n) || foundBy(rule, seen) === null) continue;
      known.add(n);
      took.add(rule.then);
      // a person looks: who reads goes on
      if (rule.then === "pause" && kind.name !== "reads") return false;
    }
    return true;
  };
  for (; pairs < PAIRS; pairs++) {
    if (checks && pairs % CHECK_EVERY === 3 && !judge(random() < INSTRUCTING ? "attention" : "gold")) break;
    if (checks && pairs % REPEAT_EVERY === 7 && pairs > REPEAT_EVERY && !judge("repeats")) break;
    if (!judge(null)) {
      pairs++;
      break;
    }
  }
  return { pairs, paid, took };
}

const none = () => ({ passed: 0, of: 0 });
const clamp = (share: number): number => Math.min(0.99, Math.max(0.2, share));
function pick(shares: readonly number[]): number {
  let left = random();
  for (const [at, share] of shares.entries()) if ((left -= share) < 0) return at;
  return shares.length - 1;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
for (const [name, how] of [
  ["no checks", { checks: false, rules: false }],
  ["checks and repeats, no rules", { checks: true, rules: false }],
  ["the default rules", { checks: true, rules: true }],
] as const) {
  let [paid, usable, unusable, looks] = [0, 0, 0, 0];
  const rows = new Map(KINDS.map((kind) => [kind.name, { of: 0, note: 0, warn: 0, pause: 0, end: 0 }]));
  for (let n = 0; n < workers; n++) {
    const kind = KINDS[pick(KINDS.map(({ share }) => share))]!;
    const done = work(kind, how);
    const row = rows.get(kind.name)!;
    row.of++;
    for (const one of done.took) row[one]++;
    paid += done.paid;
    if (done.took.has("pause")) looks++;
    if (kind.name === "reads") usable += done.pairs;
    else if (!done.took.has("pause")) unusable += done.pairs;
  }
  console.log(
    `${name}: ${((paid + LOOK * looks) / usable).toFixed(2)} per usable judgment, `.concat(
      `${percent(unusable / (usable + unusable))} of judgments in the figures are unusable`,
    ),
  );
  if (how.rules)
    for (const [kind, { of, note, warn, pause }] of rows) {
      const per = (count: number) => ((1000 * count) / of).toFixed(1).padStart(6);
      console.log(
        `  per 1,000 of kind “${kind}”: ${per(note)} noted, ${per(warn)} warned, ${per(pause)} paused`,
      );
    }
}
