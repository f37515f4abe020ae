import { createHash } from "node:crypto";
import { readFile } from "../../loading/reading/read-file.ts";
import type { LoadRecord, PromptRecord } from "../../loading/reading/records.ts";
import { candidate, type Candidate } from "../candidate.ts";
import { BuildRefused } from "../errors.ts";
import { shortName } from "../short-name.ts";
import { Spool, type Spooled } from "../spool.ts";
import { foldedHash } from "../steps/folded.ts";
import { languageCode } from "../steps/language.ts";
import type { Input } from "./input.ts";
import { textIn } from "./json-lines.ts";
import type { SourceTally } from "./tally.ts";

/** Fields that say how hard a prompt is, the first that it has. */
const DIFFICULTY = ["difficulty", "level", "hardness"] as const;
/** Fields by which prompts of a file are grouped, the first that it has. */
const GROUPED_BY = ["category", "topic", "subject", "task", "source"] as const;

/**
 * The prompts of any files that loading reads, such as those of authors or conversations, each with the first response to it. Of a
 * conversation the first message of the user is the prompt. A response may stand in another file than its prompt, in any order.
 * @throws BuildRefused where a file cannot be read, or two prompts have one id
 */
export async function* readPromptFiles(
  inputs: readonly Input[],
  tally: SourceTally,
): AsyncGenerator<Candidate> {
  const spool = new Spool();
  try {
    const prompts = new Prompts(spool, tally);
    for (const input of inputs) await readInto(prompts, input, tally);
    yield* prompts.candidates();
  } finally {
    spool.close();
  }
}

async function readInto(prompts: Prompts, { path, name }: Input, tally: SourceTally): Promise<void> {
  if (path === null)
    throw new BuildRefused(
      "Prompts are read from files, not from standard input. Write them to a file first.",
    );
  const options = {
    format: null,
    map: new Map(),
    system: null,
    group: null,
    annotator: null,
    // Remarks name it, and a set is the same wherever its files lie.
    fileName: shortName(name),
  };
  for await (const items of readFile(path, options))
    for (const item of items) {
      if ("record" in item) prompts.add(item.record, name);
      else if ("remark" in item) tally.remark(name, item.remark.message);
      else {
        const { row, message } = item.problem;
        if (row === 0) throw new BuildRefused(`${name}: ${message}`);
        tally.rows++;
        tally.fault({ file: name, line: row, why: message });
      }
    }
}

interface Known {
  readonly prompt: Spooled;
  /** Of its text, folded. */
  readonly hash: string;
  readonly file: string;
}

class Prompts {
  readonly #byId = new Map<string, Known>();
  readonly #responses = new Map<string, Spooled>();

  constructor(
    readonly spool: Spool,
    readonly tally: SourceTally,
  ) {}

  add(record: LoadRecord, file: string): void {
    if (record.kind === "prompt") return this.#addPrompt(record, file);
    if (record.kind !== "response") return this.#leave("judgments");
    const { promptId, promptTurns, turns } = record;
    const [prompt] = promptTurns ?? [];
    const id = promptId ?? (prompt === undefined ? null : idOf(prompt));
    if (id === null) return this.#leave("responses without a prompt");
    if (prompt !== undefined && !this.#isKnown(id, prompt, file))
      this.#addPrompt({ ...record, kind: "prompt", turns: [...promptTurns!] }, file);
    const [text] = turns;
    if (text !== undefined && !this.#responses.has(id)) this.#responses.set(id, this.spool.add(text));
  }

  #leave(why: string): void {
    this.tally.rows++;
    this.tally.leave(why);
  }

  /** @throws BuildRefused where another text has the same id */
  #isKnown(id: string, prompt: string, file: string): boolean {
    const known = this.#byId.get(id);
    if (known === undefined || known.hash === foldedHash(prompt)) return known !== undefined;
    const where = known.file === file ? `${file} has two prompts` : `${known.file} and ${file} have prompts`;
    throw new BuildRefused(
      `${where} with the id ${id} and different texts. Give each an id of its own, or make two sources of two files. Nothing was built.`,
    );
  }

  #addPrompt({ promptId, turns, metadata, source, row }: PromptRecord, file: string): void {
    const [prompt] = turns;
    if (prompt === undefined) {
      this.tally.rows++;
      return this.tally.fault({ file, line: row, why: "has no text" });
    }
    const key = promptId ?? idOf(prompt);
    if (this.#isKnown(key, prompt, file)) return this.#leave("the same prompt again");
    this.tally.rows++;
    const group = wordIn(GROUPED_BY.map((name) => (name === "source" ? source : metadata[name])));
    const kept: Kept = {
      ...{ prompt, group: group ?? "all", isLonger: turns.length > 1 },
      language: textIn(metadata, "language"),
      difficulty: wordIn(DIFFICULTY.map((field) => metadata[field])),
    };
    this.#byId.set(key, { prompt: this.spool.add(JSON.stringify(kept)), hash: foldedHash(prompt), file });
  }

  *candidates(): Generator<Candidate> {
    const alone = [...this.#responses.keys()].filter((id) => !this.#byId.has(id)).length;
    for (let left = 0; left < alone; left++) this.#leave("responses without a prompt");
    for (const id of [...this.#byId.keys()].sort()) {
      const { prompt: spooled } = this.#byId.get(id)!;
      const response = this.#responses.get(id);
      const { prompt, group, isLonger, language, difficulty } = JSON.parse(this.spool.read(spooled)) as Kept;
      yield candidate({
        ...{ id, group, difficulty, language: language === null ? null : languageCode(language) },
        texts: { title: prompt, prompt, response: response === undefined ? null : this.spool.read(response) },
        changes: isLonger ? [{ of: "prompt", words: "only the first turn of the conversation" }] : [],
      });
    }
  }
}

interface Kept {
  readonly prompt: string;
  readonly group: string;
  readonly isLonger: boolean;
  readonly language: string | null;
  readonly difficulty: string | null;
}

/** The first that is a word or a number. */
const wordIn = (values: readonly unknown[]): string | null => {
  const found = values.find(
    (value): value is string | number =>
      typeof value === "number" || (typeof value === "string" && value !== ""),
  );
  return found === undefined ? null : String(found);
};

const HASH_LENGTH = 16;
const hashOf = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, HASH_LENGTH);

/** A prompt without an id is known by its text. */
const idOf = (text: string): string => `text-${hashOf(text)}`;
