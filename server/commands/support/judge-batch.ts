import fs from "node:fs";
import type { Context } from "../../context.ts";
import { TiebreakError } from "../../contract/errors.ts";
import { giveUpBatches, readBatch } from "../../judges/batch-read.ts";
import { writeBatch } from "../../judges/batch-write.ts";
import type { TokenPrice } from "../../model-servers/cost.ts";
import { type JudgeRequest, wordingOf } from "../../judges/judge-study.ts";
import { readPrices } from "../../model-servers/prices.ts";
import { readLines } from "../../loading/reading/lines.ts";
import { asWord } from "../../studies/as-word.ts";
import { counted } from "../../report-document/numbers.ts";
import { readText, requireFile } from "./files.ts";
import { print, printSaid } from "./run.ts";

class BatchFileWrong extends TiebreakError {
  constructor(message: string) {
    super("BatchFileWrong", 400, message);
  }
}

interface Flags {
  readonly json?: boolean;
  readonly prices?: string;
}

/** What models cost by a price file; without one nothing is known. */
export function pricesIn(file: string | undefined): (model: string) => TokenPrice | null {
  if (file === undefined) return () => null;
  return readPrices(readText(file)).priceOf;
}

/** Writes the calls of a judge as a batch file, and says what to do with it. The file must not exist. */
export async function writeBatchFile(
  context: Context,
  request: JudgeRequest,
  { file, json }: Flags & { readonly file: string },
): Promise<void> {
  if (request.settings.adapter !== "openai")
    throw new BatchFileWrong("Batch files are OpenAI’s. Leave --adapter out.");
  const wording = await wordingOf(context, request);
  const handle = opened(file);
  try {
    const write = (line: string) => void fs.writeSync(handle, line);
    const { calls } = await writeBatch(context, request, { wording, write });
    if (json) return print(JSON.stringify({ file, calls }));
    if (calls === 0) return print("There is nothing left to ask. The file is empty.");
    print(
      `${calls} calls are in ${file}. Send it as a batch of /v1/chat/completions; then read what comes back:`,
    );
    printSaid(`  npx tiebreak judge ${asWord(request.study)} --batch-in OUTPUT.jsonl ERRORS.jsonl`);
  } catch (error) {
    if (fs.fstatSync(handle).size === 0) fs.rmSync(file, { force: true }); // so that the same command can be tried again
    throw error;
  } finally {
    fs.closeSync(handle);
  }
}

/** Reads result files back, and says what came of them. */
export async function readBatchFiles(
  context: Context,
  study: string,
  flags: Flags & { readonly files: readonly string[] },
): Promise<void> {
  flags.files.forEach(requireFile);
  const priceOf = pricesIn(flags.prices);
  const read = await readBatch(context, study, { lines: linesOf(flags.files), priceOf });
  if (flags.json) return print(JSON.stringify(read));
  print(`${counted(read.lines, "line")}: ${counted(read.verdicts, "verdict")}.`);
  for (const { kind, count } of read.failures) print(`  without a verdict: ${kind} ${count}`);
  if (read.again > 0) print(`  read before: ${read.again}`);
  if (read.unknown > 0) print(`  not of this study: ${read.unknown}`);
  if (read.waiting > 0)
    print(
      `${read.waiting} calls have no result yet. Read the other file, or wait no longer: --batch-give-up`,
    );
}

export async function giveUp(context: Context, study: string, { json }: Flags): Promise<void> {
  const calls = await giveUpBatches(context, study);
  print(json ? JSON.stringify({ calls }) : `${calls} calls are waited for no longer, and can be made again.`);
}

function opened(file: string): number {
  try {
    return fs.openSync(file, "wx");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === "EEXIST" ? "exists already: name another one" : `cannot be written (${code})`;
    throw new BatchFileWrong(`${file} ${why}.`);
  }
}

/** What cannot be read as a line is none of ours: it is counted as such. */
async function* linesOf(files: readonly string[]): AsyncGenerator<string> {
  for (const file of files) {
    for await (const chunk of readLines(file)) {
      for (const line of chunk) yield "text" in line ? line.text : "?";
    }
  }
}
