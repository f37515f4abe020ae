import type { Context } from "../../context.ts";
import { runRows, rowsStatement } from "./rows.ts";
import type { JudgmentRecord, ReadItem } from "../reading/records.ts";

interface Answer {
  readonly prompt: string;
  readonly system: string;
  readonly metadata: string;
}

const answersOf = rowsStatement<{ studyId: number }, { prompt: string }, Answer>({
  fixed: ["studyId"],
  columns: ["prompt"],
  build: (db, rows, { studyId }) =>
    db
      .selectFrom("prompt as p")
      .innerJoin("response as r", "r.prompt_id", "p.id")
      .innerJoin("system as s", "s.id", "r.system_id")
      .select(["p.external_id as prompt", "s.name as system", "r.metadata"])
      .where("p.study_id", "=", studyId)
      .where(
        "p.external_id",
        "in",
        rows.map((row) => row.prompt),
      ),
});

/**
 * Puts the systems' names into judgments that name their systems by the ids of the answers: those of the study's responses
 * to the same prompt, loaded with their `answer_id`. What is not found is a problem of its row.
 */
export async function withSystemsNamed(
  { context, studyId }: { context: Context; studyId: number },
  items: readonly ReadItem[],
): Promise<ReadItem[]> {
  const open = items.flatMap((item) => ("record" in item ? isOpen(item.record) : []));
  if (open.length === 0) return [...items];
  const rows = [...new Set(open.flatMap(({ promptId }) => promptId ?? []))].map((prompt) => ({ prompt }));
  const found = await context.database.read((reader) =>
    runRows(reader, answersOf, { fixed: { studyId }, rows }),
  );
  const systems = new Map(
    found.map(({ prompt, system, metadata }) => [keyOf(prompt, answerIdIn(metadata)), system]),
  );
  return items.map((item) =>
    "record" in item && isOpen(item.record).length > 0 ? named(item, systems) : item,
  );
}

const isOpen = (record: { readonly kind: string }): JudgmentRecord[] =>
  record.kind === "judgment" && (record as JudgmentRecord).isByAnswers ? [record as JudgmentRecord] : [];

const keyOf = (prompt: string | null, answer: string | null): string => JSON.stringify([prompt, answer]);

function answerIdIn(metadata: string): string | null {
  const { answer_id: id } = JSON.parse(metadata) as { answer_id?: unknown };
  return typeof id === "string" || typeof id === "number" ? String(id) : null;
}

function named(item: Extract<ReadItem, { record: unknown }>, systems: ReadonlyMap<string, string>): ReadItem {
  const record = item.record as JudgmentRecord;
  const { row, promptId, leftSystem, rightSystem } = record;
  const left = systems.get(keyOf(promptId, leftSystem));
  const right = systems.get(keyOf(promptId, rightSystem));
  if (left !== undefined && right !== undefined)
    return { record: { ...record, leftSystem: left, rightSystem: right } };
  // The same of every row, so that one cause is one line.
  const what =
    "No answer with the id in answer1_id or answer2_id is loaded for its prompt, so nothing names its system.";
  const advice =
    "Name the files of the answers, which hold answer_id, in the same command, or set the system of answer1_id and that of answer2_id: FILE:system_a:=FIRST,system_b:=SECOND.";
  return { problem: { row, column: null, name: "SystemMissing", message: `${what} ${advice}` } };
}
