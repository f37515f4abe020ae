import { readFile } from "../../loading/reading/read-file.ts";
import type { LoadRecord, PromptRecord } from "../../loading/reading/records.ts";
import { candidate, type Candidate } from "../candidate.ts";
import { BuildRefused } from "../errors.ts";
import { Spool, type Spooled } from "../spool.ts";
import type { Input } from "./input.ts";
import type { SourceTally } from "./tally.ts";

/** Fields by which prompts of a file are grouped, the first that it has. */
const GROUPED_BY = ["category", "topic", "subject", "task", "source"] as const;

/**
 * The prompts of any files that loading reads, such as those of authors or conversations, each with the first response to it. Of a
 * conversation the first message of the user is the prompt.
 * @throws BuildRefused where a file cannot be read
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
    fileName: name,
  };
  for await (const items of readFile(path, options))
    for (const item of items) {
      if ("record" in item) prompts.add(item.record, name);
      else if ("problem" in item) {
        const { row, message } = item.problem;
        if (row === 0) throw new BuildRefused(`${name}: ${message}`);
        tally.rows++;
        tally.fault({ file: name, line: row, why: message });
      }
    }
}

interface Known {
  readonly prompt: Spooled;
  response?: Spooled;
}

class Prompts {
  readonly #byId = new Map<string, Known>();

  constructor(
    readonly spool: Spool,
    readonly tally: SourceTally,
  ) {}

  add(record: LoadRecord, file: string): void {
    if (record.kind === "prompt") return this.#addPrompt(record, file);
    if (record.kind !== "response") return this.tally.leave("judgments");
    const [text] = record.turns;
    if (text === undefined) return;
    const known = this.#byId.get(keyOf(record.promptId, record.promptTurns, file));
    if (known) known.response ??= this.spool.add(text);
    else if (record.promptTurns?.[0] !== undefined) {
      this.#addPrompt({ ...record, kind: "prompt", turns: record.promptTurns }, file);
      this.add(record, file);
    } else this.tally.leave("responses without a prompt");
  }

  #addPrompt({ promptId, turns, metadata, source, row }: PromptRecord, file: string): void {
    this.tally.rows++;
    const key = keyOf(promptId, turns, file);
    const [prompt] = turns;
    if (prompt === undefined) return this.tally.fault({ file, line: row, why: "has no text" });
    if (this.#byId.has(key)) return this.tally.leave("the same prompt again");
    const values = GROUPED_BY.map((name) => (name === "source" ? source : metadata[name]));
    const group = values.find((value): value is string => typeof value === "string" && value !== "");
    const kept: Kept = { prompt, group: group ?? "all", isLonger: turns.length > 1 };
    this.#byId.set(key, { prompt: this.spool.add(JSON.stringify(kept)) });
  }

  *candidates(): Generator<Candidate> {
    for (const id of [...this.#byId.keys()].sort()) {
      const { prompt: spooled, response } = this.#byId.get(id)!;
      const { prompt, group, isLonger } = JSON.parse(this.spool.read(spooled)) as Kept;
      yield candidate({
        ...{ id, group },
        texts: { title: prompt, prompt, response: response === undefined ? null : this.spool.read(response) },
        changes: isLonger ? ["only the first turn of the conversation"] : [],
      });
    }
  }
}

interface Kept {
  readonly prompt: string;
  readonly group: string;
  readonly isLonger: boolean;
}

/** A prompt is known by its id, else by its text. */
const keyOf = (promptId: string | null, turns: readonly string[] | null, file: string): string =>
  promptId === null ? (turns?.[0] ?? file) : promptId;
