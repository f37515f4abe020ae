import { sql } from "kysely";
import type { Reader } from "../../storage/database.ts";
import { statement } from "../../storage/statement.ts";
import { compareCodeUnits } from "../rows/dense-ids.ts";
import type { StudyData } from "../rows/study-data.ts";
import { fieldValue, promptLength } from "../rows/prompt-parts.ts";
import { publishedLoads } from "../rows/published-loads.ts";

/** A field of the prompts: `codes` tells by a prompt's code which of `values` it has, −1 where none. */
interface PromptField {
  readonly name: string;
  readonly values: readonly string[];
  readonly codes: Int32Array;
}

export interface PromptFields {
  /** Characters (code points) of all user turns, by a prompt's code; NaN where the text was never loaded. */
  readonly lengths: Float64Array;
  /** `source`, `split` and `language` first, then the others by name. */
  readonly fields: readonly PromptField[];
}

const FIRST = ["source", "split", "language"];
/** Prompts a query. */
const CHUNK = 2000;

/**
 * Reads what files say of the prompts: every text, number or yes/no in their metadata, as text; lists and objects are
 * not read, nor is the language guessed from the text. Must run within the `database.read` that `data` was read in.
 */
export async function readPromptFields(reader: Reader, data: StudyData): Promise<PromptFields> {
  const study = data.facts.study.id;
  const published = await publishedLoads(reader, study);
  const byId = data.prompts.map(({ id }, code) => ({ id, code })).sort((a, b) => a.id - b.id);
  const codeOf = new Map(byId.map(({ id, code }) => [id, code]));
  const lengths = new Float64Array(data.prompts.length).fill(NaN);
  const fields = new FieldCollector(data.prompts.length);
  for (let from = 0; from < byId.length; from += CHUNK) {
    const last = byId[Math.min(from + CHUNK, byId.length) - 1]!.id;
    for (const row of await reader.run(promptsBetween, { study, first: byId[from]!.id, last })) {
      if (!published.has(row.load_id)) continue;
      const prompt = codeOf.get(row.prompt_id)!;
      lengths[prompt] = promptLength(row.turns);
      fields.add(prompt, JSON.parse(row.metadata) as Record<string, unknown>);
    }
  }
  return { lengths, fields: fields.sorted() };
}

interface PromptRow {
  prompt_id: number;
  turns: string;
  metadata: string;
  load_id: number;
}

/** The plus keeps SQLite to the range of ids: by the study alone it would walk all texts for each range. */
const promptsBetween = statement<{ study: number; first: number; last: number }, PromptRow>(
  (db, param) =>
    db
      .selectFrom("prompt_text")
      .select(["prompt_id", "turns", "metadata", "load_id"])
      .where("prompt_id", ">=", param("first"))
      .where("prompt_id", "<=", param("last"))
      .where(sql`+${sql.ref("study_id")}`, "=", param("study"))
      .orderBy("prompt_id"), // values that tie are listed as they are first met
);

class FieldCollector {
  readonly #fields = new Map<string, { codes: Int32Array; values: Map<string, number> }>();

  constructor(readonly prompts: number) {}

  add(prompt: number, metadata: Record<string, unknown>): void {
    for (const [name, value] of Object.entries(metadata)) {
      const text = fieldValue(value);
      if (text === null) continue;
      const field = this.#field(name);
      const code = field.values.get(text) ?? field.values.size;
      field.values.set(text, code);
      field.codes[prompt] = code;
    }
  }

  sorted(): PromptField[] {
    const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
    return [...this.#fields]
      .map(([name, { codes, values }]) => ({ name, codes, values: [...values.keys()] }))
      .sort((a, b) => rank(a.name) - rank(b.name) || compareCodeUnits(a.name, b.name));
  }

  #field(name: string) {
    let field = this.#fields.get(name);
    if (!field) {
      field = { codes: new Int32Array(this.prompts).fill(-1), values: new Map() };
      this.#fields.set(name, field);
    }
    return field;
  }
}
