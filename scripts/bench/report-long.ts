import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { LARGE, makeJudgedStudy } from "./judged-study.ts";
import { clock, type Line, workFolder } from "./measure.ts";

const SIZES = [1_000_000, 10_000_000] as const;
const PARTS = ["report", "full"] as const;

/** Reports of ten million judgments beside those of one million: time, and memory of a process of their own. */
export async function reportLongBench(): Promise<Line[]> {
  const folder = workFolder();
  const took = new Map<string, { ms: number; mb: number }>();
  for (const judgments of SIZES) {
    const file = path.join(folder, `${judgments}.db`);
    await makeJudgedStudy(file, { ...LARGE, judgments });
    for (const part of PARTS) took.set(`${part} ${judgments}`, await makeReport(file, part));
  }
  return PARTS.map((part) => {
    const [one, ten] = SIZES.map((size) => took.get(`${part} ${size}`)!) as [Took, Took];
    return {
      what: `${part === "full" ? "every block" : "pairs"}, 10,000,000 judgments, a process from start to end`,
      measured: `${seconds(ten.ms)}, ${ten.mb} MB`,
      limit: `${seconds(one.ms)}, ${one.mb} MB with 1,000,000`,
      ratio: (ten.ms / one.ms).toFixed(2),
      reach: "≤ 11, ≤ 1,024 MB",
    };
  });
}

interface Took {
  readonly ms: number;
  readonly mb: number;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

async function makeReport(file: string, part: (typeof PARTS)[number]): Promise<Took> {
  const start = clock();
  const script = path.join(import.meta.dirname, "one-report.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, file, part], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "exit")) as [number];
  if (code !== 0) throw new Error(`A report of ${file} ended with ${code}.`);
  return { ms: clock() - start, mb: Number(said) };
}
