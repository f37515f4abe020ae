import type { Reader } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import { jsonLine } from "./write-rows.ts";

/** Prompts read at once, each with the responses of all systems. */
const PROMPTS_A_PAGE = 100;
/** Fields that would make a row something else to the loader than what it is. */
const MEANINGFUL = ["prompt_id", "prompt", "system", "output", "left_system", "right_system"];
const RESERVED = new Set([...MEANINGFUL, "system_a", "system_b"]);

interface TextRows {
  readonly which: "prompts" | "responses" | "both";
  /** Told how many rows a page made. */
  readonly onRows: (rows: number) => void;
}

/** The prompts and responses of published loads as JSON lines, in the order in which prompts were made. */
export async function* textLines(reader: Reader, study: number, given: TextRows): AsyncGenerator<string> {
  for (let after = 0; ;) {
    const [next] = await reader.run(pageEnd, { study, after });
    const range = { study, after, end: next?.id ?? Number.MAX_SAFE_INTEGER };
    const prompts = given.which === "responses" ? [] : await reader.run(promptsBetween, range);
    const responses = given.which === "prompts" ? [] : await reader.run(responsesBetween, range);
    const lines = [...prompts.map(promptRow), ...responses.map(responseRow)].map(jsonLine);
    given.onRows(lines.length);
    if (lines.length > 0) yield lines.join("");
    if (!next) return;
    after = next.id;
  }
}

const promptRow = (row: PromptRow): object => ({
  prompt_id: row.name,
  prompt: JSON.parse(row.turns) as string[],
  ...besides(row.metadata),
});

const responseRow = (row: ResponseRow): object => ({
  prompt_id: row.name,
  system: row.system,
  output: JSON.parse(row.turns) as string[],
  ...besides(row.metadata),
});

function besides(metadata: string): object {
  const fields = JSON.parse(metadata) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !RESERVED.has(name)));
}

type Range = { study: number; after: number; end: number };
type PromptRow = { name: string; turns: string; metadata: string };
type ResponseRow = PromptRow & { system: string };

const pageEnd = statement<{ study: number; after: number }, { id: number }>((db, param) =>
  db
    .selectFrom("prompt")
    .select("id")
    .where("study_id", "=", param("study"))
    .where("id", ">", param("after"))
    .orderBy("id")
    .limit(1)
    .offset(PROMPTS_A_PAGE - 1),
);

const promptsBetween = statement<Range, PromptRow>((db, param) =>
  db
    .selectFrom("prompt as p")
    .innerJoin("prompt_text as t", "t.prompt_id", "p.id")
    .innerJoin("load as l", "l.id", "t.load_id")
    .select(["p.external_id as name", "t.turns", "t.metadata"])
    .where("l.state", "=", "published")
    .where("p.study_id", "=", param("study"))
    .where("p.id", ">", param("after"))
    .where("p.id", "<=", param("end"))
    .orderBy("p.id"),
);

const responsesBetween = statement<Range, ResponseRow>((db, param) =>
  db
    .selectFrom("prompt as p")
    .innerJoin("response as r", "r.prompt_id", "p.id")
    .innerJoin("system as s", "s.id", "r.system_id")
    .innerJoin("load as l", "l.id", "r.load_id")
    .select(["p.external_id as name", "s.name as system", "r.turns", "r.metadata"])
    .where("l.state", "=", "published")
    .where("p.study_id", "=", param("study"))
    .where("p.id", ">", param("after"))
    .where("p.id", "<=", param("end"))
    .orderBy("p.id")
    .orderBy("s.id"),
);
