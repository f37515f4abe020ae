import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Context } from "../context.ts";
import type { Database, Reader } from "../storage/database.ts";
import { makeFolders } from "../storage/make-folders.ts";
import { compareCodeUnits } from "../analysis/rows/dense-ids.ts";
import { readFacts, type StudyFacts } from "../analysis/rows/study-structure.ts";
import { anonymousDatabase } from "./anonymous-database.ts";
import { rowOf } from "./columns.ts";
import { cannotWrite } from "./cannot-write.ts";
import { writeText } from "./destination.ts";
import { ExportWrong } from "./errors.ts";
import type { ExportFormat } from "./format.ts";
import { anonymousNames, type Names, readNames } from "./names.ts";
import { instructionsText, packProtocol } from "./pack-protocol.ts";
import { readmeText } from "./pack-readme.ts";
import { textLines } from "./read-texts.ts";
import type { ExportedFile, ExportSummary } from "./summary.ts";
import { Tally } from "./tally.ts";
import { guessLines } from "./guess-lines.ts";
import { messageLines } from "./message-lines.ts";
import { noteLines } from "./note-lines.ts";
import { skipLines } from "./skip-lines.ts";
import { type OnJudgments, textOf } from "./write-rows.ts";

/** What a pack takes from elsewhere. */
export interface PackParts {
  /** The report of a study in its two forms, from the database it is given. */
  readonly report: (database: Database, study: string) => Promise<{ json: string; markdown: string }>;
  /** The statement of the methods: the Markdown of each page by its name. */
  readonly methods: ReadonlyMap<string, string>;
  /** The script that recomputes the headline figures. */
  readonly recompute: string;
}

interface PackRequest {
  readonly study: string;
  readonly out: string;
  readonly withMessages?: boolean;
  readonly withNotes?: boolean;
  readonly onJudgments?: OnJudgments;
}

/**
 * Writes the replication pack of a study: everything that somebody else needs to check its report, without the
 * names of annotators. All files are of one moment; the folder appears under its name once it is whole.
 * @param given.out a folder that does not exist, or is empty
 * @param given.withMessages whether to add what annotators and the owner wrote to each other, as written
 * @param given.withNotes whether to add the notes and adjudicated answers of members, as written
 * @throws StudyNotFound, ExportWrong
 */
export async function exportPack(
  { database }: Pick<Context, "database">,
  { study, out, withMessages = false, withNotes = false, onJudgments }: PackRequest,
  parts: PackParts,
): Promise<ExportSummary> {
  return intoNewFolder(out, (folder) =>
    database.read(async (reader) => {
      const facts = await readFacts(reader, study);
      return new Pack({ database, reader, facts, folder, withMessages, withNotes, onJudgments }).write(parts);
    }),
  );
}

/**
 * Writes a pack into a folder that appears under its name once it is whole.
 * @param out a folder that does not exist, or is empty
 * @param write writes the files; its summary has their paths in the folder
 * @throws ExportWrong where the place cannot be written
 */
export async function intoNewFolder(
  out: string,
  write: (folder: string) => Promise<ExportSummary>,
): Promise<ExportSummary> {
  requireEmpty(out);
  const folder = `${path.resolve(out)}.part`;
  makeFolder(folder, out);
  try {
    const summary = await write(folder);
    fs.rmSync(out, { recursive: true, force: true });
    fs.renameSync(folder, out);
    const inPlace = (file: ExportedFile) => ({ ...file, path: path.join(out, file.path ?? "") });
    return { ...summary, files: summary.files.map(inPlace) };
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What a pack comes to. @param files by their names in it */
export const packSummary = (study: string, files: readonly ExportedFile[]): ExportSummary => ({
  ...{ study, as: "pack", group: null, files },
  judgments: files.find((file) => file.path === JUDGMENTS)?.rows ?? 0,
  ...{ leftOut: [], changed: [], cellsChanged: 0 },
  notCarried: [
    "the names of people and the ids of judgments, which are replaced",
    "the metadata of judgments (rationales are as written: read them before you publish)",
  ],
});

/** Every judgment has a row here. */
const JUDGMENTS = "judgments.jsonl";

/** Makes the folder anew, with those above it and that of the methods, for a pack that is to stand at `out`. @throws ExportWrong where that cannot be */
function makeFolder(folder: string, out: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
    makeFolders(path.join(folder, "methods"));
  } catch (error) {
    throw cannotWrite(out, error);
  }
}

function requireEmpty(out: string): void {
  if (!fs.existsSync(out)) return;
  if (fs.statSync(out).isDirectory() && fs.readdirSync(out).length === 0) return;
  throw new ExportWrong(`${out} is there already. Name a new folder for the pack.`);
}

interface PackSource {
  readonly database: Database;
  readonly reader: Reader;
  readonly facts: StudyFacts;
  readonly folder: string;
  readonly withMessages: boolean;
  readonly withNotes: boolean;
  readonly onJudgments: OnJudgments | undefined;
}

class Pack {
  readonly #source: PackSource;
  readonly #files: ExportedFile[] = [];

  constructor(source: PackSource) {
    this.#source = source;
  }

  async write({ report, methods, recompute }: PackParts): Promise<ExportSummary> {
    const { database, reader, facts, withMessages, withNotes } = this.#source;
    const names = await anonymousNames(reader, facts, await readNames(reader, facts.study.id));
    const protocol = await packProtocol(reader, facts);
    await this.#file("protocol.json", [`${JSON.stringify(protocol, null, 2)}\n`]);
    await this.#file("instructions.md", [instructionsText(protocol)]);
    await this.#texts("prompts");
    await this.#texts("responses");
    await this.#judgments(names);
    const withRows = this.#files.filter(({ rows }) => (rows ?? 0) > 0);
    const skips = await skipLines(reader, facts.study.id, names);
    if (skips.length > 0) await this.#file("skips.jsonl", skips, () => skips.length);
    const guesses = await guessLines(reader, facts.study.id, names);
    if (guesses.length > 0) await this.#file("guesses.jsonl", guesses, () => guesses.length);
    const messages = withMessages ? await messageLines(reader, facts.study.id, names) : [];
    if (messages.length > 0) await this.#file("messages.jsonl", messages, () => messages.length);
    const notes = withNotes ? await noteLines(reader, facts.study.id, names) : [];
    if (notes.length > 0) await this.#file("notes.jsonl", notes, () => notes.length);
    const anonymous = anonymousDatabase(database, reader, reportNames(names));
    const { json, markdown } = await report(anonymous, facts.study.name);
    await this.#file("report.json", [json]);
    await this.#file("report.md", [markdown]);
    for (const [name, text] of methods) await this.#file(`methods/${name}.md`, [text]);
    const toLoad = withRows.map((file) => file.path ?? "");
    const holds = {
      ...{ skips: skips.length > 0, guesses: guesses.length > 0 },
      ...{ messages: messages.length > 0, notes: notes.length > 0 },
    };
    await this.#file("README.md", [readmeText(protocol, toLoad, holds)]);
    await this.#file("recompute.mjs", [recompute]);
    await this.#file("SHA256SUMS", [await this.#sums()]);
    return packSummary(facts.study.name, this.#files);
  }

  async #texts(which: "prompts" | "responses"): Promise<void> {
    const { reader, facts } = this.#source;
    let rows = 0;
    const lines = textLines(reader, facts.study.id, { which, onRows: (more) => (rows += more) });
    await this.#file(`${which}.jsonl`, lines, () => rows);
  }

  async #judgments(names: Names): Promise<void> {
    const { reader, facts, onJudgments } = this.#source;
    const tally = new Tally();
    const given = {
      facts,
      names,
      format: packFormat,
      group: null,
      spreadsheetSafe: false,
      tally,
      onJudgments,
    };
    await this.#file(JUDGMENTS, textOf(reader, given), () => tally.rows);
  }

  async #file(
    name: string,
    text: Iterable<string> | AsyncIterable<string>,
    rows: () => number | null = () => null,
  ): Promise<void> {
    await writeText({ path: path.join(this.#source.folder, name) }, pieces(text));
    this.#files.push({ path: name, rows: rows() });
  }

  /** As `sha256sum` writes and checks them. */
  async #sums(): Promise<string> {
    const names = this.#files.map((file) => file.path ?? "").sort(compareCodeUnits);
    const lines = [];
    for (const name of names) lines.push(`${await sumOf(path.join(this.#source.folder, name))}  ${name}\n`);
    return lines.join("");
  }
}

async function* pieces(text: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  yield* text;
}

async function sumOf(file: string): Promise<string> {
  const digest = createHash("sha256");
  for await (const chunk of fs.createReadStream(file) as AsyncIterable<Buffer>) digest.update(chunk);
  return digest.digest("hex");
}

/** Every judgment, without what may name somebody: ids and metadata come from elsewhere. */
const packFormat: ExportFormat = {
  container: "jsonl",
  needsTexts: false,
  takesAll: true,
  notCarried: [],
  rowsOf: (judgment, { tally }) => [
    { ...rowOf(judgment), judgment_id: `j${tally.rows + 1}`, metadata: null },
  ],
};

/** What the report calls annotators: what the file calls them, but where two judge models share a name. */
function reportNames({ annotators }: Names): Map<number, string> {
  const times = new Map<string | null, number>();
  for (const { name } of annotators.values()) times.set(name, (times.get(name) ?? 0) + 1);
  return new Map(
    [...annotators].flatMap(([id, { name }]) => (name !== null && times.get(name) === 1 ? [[id, name]] : [])),
  );
}
