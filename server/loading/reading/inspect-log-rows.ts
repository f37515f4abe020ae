import fs from "node:fs";
import { wholeOf } from "./bytes.ts";
import { notKeptOfInspect } from "./documents.ts";
import type { Fields } from "./field-map.ts";
import type { HowFar } from "./how-far.ts";
import { ROW_BYTES_MAX } from "./lines.ts";
import type { RawRow } from "./raw-row.ts";
import type { ProblemName } from "./records.ts";
import { Unreadable } from "./unreadable.ts";
import { isObject } from "./values.ts";
import { headNotKept } from "./wrapped-rows.ts";
import { zipFiles } from "./zip-archive.ts";

/** A log in an archive is held whole, up to this. */
const LOG_BYTES_MAX = 256 * 1024 * 1024;
/** What a log says of its run: once it has ended, and as it began. */
const HEADS = ["header.json", "_journal/start.json"];
const SAMPLE = /^samples\/(.+)_epoch_(\d+)\.json$/;
/** A large sample, whose messages and attachments are in files of their own. */
const SAMPLE_IN_PIECES = /^samples\/.+_epoch_\d+\/sample\.json$/;

/**
 * The samples of a log of inspect_ai (`.eval`, a zip archive of JSON files), in the order of their ids and epochs, each with
 * what the log says of its run under `eval`, as in a log that is written as JSON.
 * @throws Unreadable where it is damaged, or made to fill a disk
 */
export async function* inspectLogRows(path: string, howFar?: HowFar): AsyncGenerator<RawRow[]> {
  const pieces: string[] = [];
  let count = 0;
  const choose = (names: readonly string[]) => {
    pieces.push(...names.filter((name) => SAMPLE_IN_PIECES.test(name)));
    const samples = names.filter((name) => SAMPLE.test(name)).sort(inOrder);
    count = samples.length;
    return [...HEADS.filter((name) => names.includes(name)).slice(0, 1), ...samples];
  };
  let head: Fields = {};
  let at = 0;
  for await (const { name, bytes } of zipFiles(await fileOrBytes(path), { choose, most: ROW_BYTES_MAX })) {
    if (HEADS.includes(name)) {
      head = (bytes && parsed(bytes)) ?? {};
      continue;
    }
    at++;
    if (howFar) howFar.share = at / count;
    yield [sampleRow(name, { bytes, at, run: head.eval })];
  }
  yield pieces.map(() => problem(++at, "FormatNotRead", IN_PIECES));
  const notKept = notKeptOfInspect(head);
  if (at > 0 && notKept.length > 0) yield [headNotKept(notKept)];
}

function sampleRow(
  name: string,
  { bytes, at, run }: { bytes: Buffer | null; at: number; run: unknown },
): RawRow {
  if (bytes === null)
    return problem(at, "RowTooLong", `The sample is larger than ${ROW_BYTES_MAX / 2 ** 20} MB.`);
  const fields = parsed(bytes);
  return fields === null
    ? problem(at, "RowNotJson", `${name} is not JSON.`)
    : { at, fields: { ...fields, eval: run } };
}

const IN_PIECES =
  "The sample is in pieces, as inspect_ai keeps large ones. Write the log out whole (inspect log dump LOG > log.json), and load that.";

const problem = (row: number, name: ProblemName, message: string): RawRow => ({
  problem: { row, column: null, name, message },
});

function parsed(bytes: Buffer): Fields | null {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

async function fileOrBytes(path: string): Promise<string | Buffer> {
  if (fs.existsSync(path)) return path;
  const bytes = await wholeOf(path, null, LOG_BYTES_MAX);
  if (bytes !== null) return bytes;
  throw new Unreadable("FileTooLarge", "The log is in an archive, and larger than 256 MB. Unpack it first.");
}

/** By id, as people count, and then by epoch. */
function inOrder(a: string, b: string): number {
  const [, idA = "", epochA] = SAMPLE.exec(a) ?? [];
  const [, idB = "", epochB] = SAMPLE.exec(b) ?? [];
  return idA.localeCompare(idB, "en", { numeric: true }) || Number(epochA) - Number(epochB);
}
