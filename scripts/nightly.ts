import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/**
 * `npm run nightly`: an annotator's way in other browsers, where they are installed; a real llama.cpp that generates and
 * judges; the simulations and properties of the tests many times over with other draws; what the default rules find of
 * simulated workers; and how often the intervals of simulated studies cover. Writes what it found to
 * `data/nightly.json` after every step; run again, it goes on where it stopped, and once all steps are done it begins
 * another round with the next seed. Begins no step after three hours are over, or as many minutes as its argument says,
 * and ends a step that would take longer.
 */
const RESULTS = path.resolve("data/nightly.json");
const EFFORT = 20;
const minutes = Number(process.argv[2] ?? 180);
const end = Date.now() + minutes * 60_000;

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** What it prints is a result itself. */
  readonly prints: boolean;
}
interface Outcome {
  readonly step: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** How many of the simulated studies the named thing happened in. */
  readonly figures: readonly { readonly name: string; readonly value: number; readonly of: number }[];
  /** What the step printed: of tests only where one failed. */
  readonly output: string;
}
interface Round {
  readonly seed: number;
  readonly commit: string;
  readonly done: Outcome[];
}

const simulation = (seed: number, name: string, script: string, studies: number): Step => ({
  name,
  command: ["--import", "tsx", `scripts/${script}.ts`, String(studies), String(seed)],
  prints: true,
});

const steps = (seed: number): Step[] => [
  { name: "build", command: ["scripts/build.mjs"], prints: false },
  {
    name: "other browsers",
    command: ["--experimental-websocket", "--import", "tsx", "scripts/other-browsers.ts"], // the flag is for Node.js 20
    prints: true,
  },
  { name: "llama.cpp", command: ["--import", "tsx", "scripts/llama-cpp.ts"], prints: true },
  ...simulatingTests().map((file) => ({
    name: file,
    command: ["node_modules/vitest/vitest.mjs", "run", "--project", projectOf(file), file],
    prints: false,
  })),
  simulation(seed, "rules of quality", "simulate-quality", 20000),
  simulation(seed, "coverage", "simulate", 2000),
  simulation(seed, "false sentences", "simulate-false-sentences", 1000),
  simulation(seed, "annotators below the readers", "simulate-readers", 2000),
  simulation(seed, "looks", "simulate-looks", 2000),
  simulation(seed, "planned power", "simulate-plan", 2000),
  simulation(seed, "variance components", "simulate-components", 2000),
];

const commit = spawnSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).stdout.trim();
const rounds = readRounds();
const round = currentRound();
console.log(`Seed ${round.seed}; the figures go to ${RESULTS}.`);
for (const step of steps(round.seed)) {
  if (round.done.some((outcome) => outcome.step === step.name)) continue;
  if (Date.now() >= end) break;
  const outcome = run(step);
  if (outcome === null) break;
  round.done.push(outcome);
  fs.writeFileSync(RESULTS, `${JSON.stringify(rounds, null, 2)}\n`);
  console.log(`${outcome.passed ? "passed" : "FAILED"}  ${step.name}  (${outcome.seconds} s)`);
  if (outcome.output !== "") console.log(outcome.output.trimEnd());
}
const left = steps(round.seed).length - round.done.length;
console.log(left === 0 ? "All steps are done." : `${left} steps are left: run the same command again.`);
process.exitCode = round.done.every(({ passed }) => passed) ? 0 : 1;

/** Test files whose effort can be set. */
function simulatingTests(): string[] {
  return fs
    .readdirSync("tests", { recursive: true, encoding: "utf8" })
    .map((file) => path.join("tests", file))
    .filter(
      (file) =>
        file.endsWith(".test.ts") && /support\/(axe|effort|looks)\.ts/.test(fs.readFileSync(file, "utf8")),
    )
    .sort();
}

/** The project of the tests that a file belongs to. */
function projectOf(file: string): string {
  if (file.startsWith(path.join("tests", "end-to-end"))) return "end-to-end";
  return file.endsWith(".db.test.ts") ? "databases" : "pure";
}

function readRounds(): Round[] {
  fs.mkdirSync(path.dirname(RESULTS), { recursive: true });
  return fs.existsSync(RESULTS) ? (JSON.parse(fs.readFileSync(RESULTS, "utf8")) as Round[]) : [];
}

/** The last round where it is of this commit and not done, else a new one. */
function currentRound(): Round {
  const last = rounds.at(-1);
  if (last?.commit === commit && steps(last.seed).length > last.done.length) return last;
  const made: Round = { seed: (last?.seed ?? 0) + 1, commit, done: [] };
  rounds.push(made);
  return made;
}

/** @returns null where the time is over before the step is */
function run({ name, command, prints }: Step): Outcome | null {
  const begun = Date.now();
  const figuresFile = `${RESULTS}.figures`;
  fs.rmSync(figuresFile, { force: true });
  const { error, status, stdout, stderr } = spawnSync(process.execPath, command, {
    env: {
      ...process.env,
      ...{
        TIEBREAK_EFFORT: String(EFFORT),
        TIEBREAK_SEED: String(round.seed),
        TIEBREAK_FIGURES: figuresFile,
      },
    },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    timeout: Math.max(1, end - begun),
    killSignal: "SIGINT",
  });
  if (error && "code" in error && error.code === "ETIMEDOUT") return null;
  const lines = fs.existsSync(figuresFile) ? fs.readFileSync(figuresFile, "utf8").trim().split("\n") : [];
  fs.rmSync(figuresFile, { force: true });
  const passed = status === 0;
  return {
    ...{ step: name, passed, seconds: Math.round((Date.now() - begun) / 1000) },
    figures: lines.map((line) => JSON.parse(line) as Outcome["figures"][number]),
    output: passed && !prints ? "" : stdout + stderr,
  };
}
