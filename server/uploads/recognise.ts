import fs from "node:fs";
import type { Upload, UploadColumn } from "../contract/uploads.ts";
import { ArchiveDamaged, FileUnusable } from "../loading/errors.ts";
import { nameFiles } from "../loading/file-names.ts";
import type { FileToLoad } from "../loading/file-to-load.ts";
import { findFiles } from "../loading/find-files.ts";
import { tracesOf } from "../loading/reading/columns-taken.ts";
import { firstRows } from "../loading/reading/first-rows.ts";
import type { FileOptions } from "../loading/reading/options.ts";
import { readFile, tellFile } from "../loading/reading/read-file.ts";
import type { LoadRecord, RowProblem } from "../loading/reading/records.ts";
import { isFilled, likenesses } from "../loading/reading/vocabulary.ts";
import { whyLeftOut } from "../loading/why-left-out.ts";
import type { UploadPlace } from "./folder.ts";
import type { WaitingFile } from "./waiting-file.ts";
import { toLoad } from "./to-load.ts";

/** Rows that are looked at. */
const ROWS = 20;
const COLUMNS_MAX = 100;
const SYSTEMS_MAX = 10;
const SAMPLES = 3;
const SAMPLE_LENGTH = 160;
/** Files of an archive that are looked at. */
const MEMBERS_MAX = 20;

type Recognised = Omit<Upload, "id" | "name" | "bytes" | "settings">;

const NOTHING: Recognised = {
  ...{ leftOut: null, format: null, problem: null, isNamedByFile: false },
  ...{ holds: [], systems: [], columns: [] },
};

const REMEMBERED = 5000;

/** What files hold, by the readers that load them, from their first rows; remembered while they are read in the same way. */
export class Recogniser {
  readonly #place: UploadPlace;
  readonly #known = new Map<string, Recognised>();

  constructor(place: UploadPlace) {
    this.#place = place;
  }

  /** @param knownSystems the systems that the study has or compares */
  async recognise(files: readonly WaitingFile[], knownSystems: readonly string[]): Promise<Upload[]> {
    const named = nameFiles(files.map((file) => toLoad(this.#place, file)));
    const uploads: Upload[] = [];
    for (const [i, { id, name, bytes, key, settings }] of files.entries()) {
      const { path, options, folderSystem } = named[i]!;
      const given = { path, options: { ...options, knownSystems, folderSystem } };
      const way = JSON.stringify([key, settings, folderSystem, knownSystems]);
      const known = this.#known.get(way) ?? (await recogniseOne(given));
      if (this.#known.size >= REMEMBERED) this.#known.clear();
      this.#known.set(way, known);
      uploads.push({ id, name, bytes, settings, ...known });
    }
    return uploads;
  }
}

interface Given {
  readonly path: string;
  readonly options: FileOptions;
}

async function recogniseOne(given: Given): Promise<Recognised> {
  try {
    return await lookAt(given);
  } catch (error) {
    if (fs.existsSync(given.path)) throw error;
    return { ...NOTHING, leftOut: "no longer on the server: upload it again" };
  }
}

async function lookAt(given: Given): Promise<Recognised> {
  let files: readonly FileToLoad[];
  try {
    ({ files } = await findFiles([given]));
  } catch (error) {
    if (!(error instanceof FileUnusable) || !fs.existsSync(given.path)) throw error;
    if (error instanceof ArchiveDamaged)
      return { ...NOTHING, problem: { name: "FileDamaged", message: error.reason } };
    return { ...NOTHING, leftOut: "an archive that holds no rows" };
  }
  if (files.some(({ path }) => path !== given.path)) return archive(files);
  const leftOut = await whyLeftOut(given);
  return leftOut === null ? ofRows(given) : { ...NOTHING, leftOut };
}

/** What the files of an archive hold, together; each names its columns in its own way. */
async function archive(files: readonly FileToLoad[]): Promise<Recognised> {
  const parts: Recognised[] = [];
  for (const { path, options, folderSystem } of nameFiles(files).slice(0, MEMBERS_MAX))
    parts.push(await ofRows({ path, options: { ...options, folderSystem } }));
  const formats = new Set(parts.flatMap(({ format }) => format ?? []));
  return {
    ...NOTHING,
    format: formats.size === 1 ? [...formats].join() : null,
    problem: parts.find(({ problem }) => problem !== null)?.problem ?? null,
    holds: [...new Set(parts.flatMap(({ holds }) => holds))],
    systems: [...new Set(parts.flatMap(({ systems }) => systems))].slice(0, SYSTEMS_MAX),
  };
}

async function ofRows({ path, options }: Given): Promise<Recognised> {
  const { records, problem } = await firstRecords(path, options);
  const rows = await firstRows(path, options, ROWS);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, COLUMNS_MAX);
  const takenFor = tracesOf(records, options.map);
  const columns = names.map((name): UploadColumn => {
    const values = rows.map((row) => row[name]).filter(isFilled);
    return {
      name,
      samples: values.slice(0, SAMPLES).map(shortened),
      takenFor: records.length > 0 ? takenFor(name, values) : null,
      looksLike: likenesses(name, values[0])[0]?.[1] ?? null,
    };
  });
  return {
    leftOut: null,
    format: (await tellFile(path, options)).format,
    problem,
    holds: HOLDS.filter(([, kinds]) => records.some(({ kind }) => kinds.includes(kind))).map(([one]) => one),
    systems: [...new Set(records.flatMap(systemsIn))].slice(0, SYSTEMS_MAX),
    isNamedByFile: await isNamedByFile(path, options),
    columns,
  };
}

const HOLDS: readonly (readonly [Upload["holds"][number], readonly LoadRecord["kind"][]])[] = [
  ["prompts", ["prompt"]],
  ["outputs", ["response"]],
  ["judgments", ["judgment", "answer"]],
];

function systemsIn(record: LoadRecord): string[] {
  if (record.kind === "response") return [record.system];
  if (record.kind === "prompt") return [];
  return "isByAnswers" in record && record.isByAnswers ? [] : [record.leftSystem, record.rightSystem];
}

/** The records of the first rows, and why nothing can be read. */
async function firstRecords(
  path: string,
  options: FileOptions,
): Promise<{ records: LoadRecord[]; problem: Upload["problem"] }> {
  const records: LoadRecord[] = [];
  let first: RowProblem | null = null;
  for await (const items of readFile(path, options)) {
    for (const item of items) {
      if ("record" in item) records.push(item.record);
      else if ("problem" in item) first ??= item.problem;
    }
    if (records.length >= ROWS) break;
  }
  const isWhole = first !== null && (first.row === 0 || records.length === 0);
  return {
    records: records.slice(0, 10 * ROWS),
    problem: isWhole && first ? { name: first.name, message: first.message } : null,
  };
}

/** A name that no file gives a system. */
const NOBODY = "\u0000";

/** Whether the outputs of a file name no system, so that they get the one that is set, or the file's name. */
async function isNamedByFile(path: string, options: FileOptions): Promise<boolean> {
  const { records } = await firstRecords(path, { ...options, system: NOBODY });
  return records.some((record) => record.kind === "response" && record.system === NOBODY);
}

function shortened(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const characters = [...text.slice(0, 4 * SAMPLE_LENGTH).replace(/\s+/gu, " ")];
  const isCut = characters.length > SAMPLE_LENGTH || text.length > 4 * SAMPLE_LENGTH;
  return `${characters.slice(0, SAMPLE_LENGTH).join("")}${isCut ? "…" : ""}`;
}
