import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { unpacked } from "../paths.ts";
import { type LoadRecord, RowFault, RowNote } from "../records.ts";
import { idIn, nameIn, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { noSide, pairOfTexts, sideNamed, systemFieldsIn, verdictQuestion } from "./side-named.ts";
import { turnsInCell } from "../turns-in-cell.ts";
import { judgmentOf, SYSTEM_FIELDS, systemsIn } from "./verdict.ts";

const OWN = ["annotation_id", "lead_time", "verdict", "left_output", "right_output", ...SYSTEM_FIELDS];
const FIELDS = judgmentFields(OWN);
const ABOUT = new Set([...FIELDS.used, "id", "updated_at", "agreement", "history"]);
const PROMPTS = ["prompt", "question_text", "instruction", "input", "query"];

/**
 * A row of Label Studio's CSV or short JSON (JSON-MIN): one annotation, with the task's columns, and one column per control,
 * called as it. The texts are the two columns whose names differ only in a mark (answer1, answer2); the verdict is in the
 * control that names one of them, or a side.
 */
export function readLabelStudioRow(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const columns = Object.keys(row).filter((name) => !ABOUT.has(name));
  const pair = mappedPair(row) ?? pairOfTexts(columns.filter((name) => typeof row[name] === "string"));
  if (!pair) {
    const what = `The row does not show which two texts are compared (${columns.join(", ") || "none"}).`;
    throw new RowFault("FieldMissing", `${what} Map them: FILE:left_output=THEIRS,right_output=THEIRS.`);
  }
  const prompt = PROMPTS.find((name) => row[name] !== undefined);
  if (prompt === undefined)
    throw new RowFault("FieldMissing", "The row has no prompt: map it (FILE:prompt=THEIRS).", "prompt");
  const named = systemFieldsIn(row);
  const taken = [...pair, prompt, ...(named ?? [])];
  const controls = columns.filter((name) => !taken.includes(name));
  const answers = new Map(controls.map((name) => [name, [selectedIn(row[name])]]));
  const question = verdictQuestion(answers, pair, idIn(row, "verdict"));
  const said = question === null ? null : selectedIn(row[question]);
  if (question === null || said === null)
    return [new RowNote("VerdictMissing", "The annotation chooses neither text: no judgment.")];
  const choice = sideNamed(said, pair);
  if (choice === null) throw noSide(question, said);
  const seconds = Number(row.lead_time);
  const own = restOf(row, new Set([...taken, question]));
  const systems = systemsIn(
    row,
    ...(named ? ([nameIn(row, named[0]), nameIn(row, named[1])] as const) : pair),
  );
  const judgment = judgmentOf({ row: own, at, options }, FIELDS, {
    ...{ promptTurns: turnsInCell(row, prompt), systems, choice },
    texts: [turnsInCell(row, pair[0]), turnsInCell(row, pair[1])],
    ...{ sideKnown: true, judgmentId: idIn(row, "annotation_id") },
  });
  return [{ ...judgment, activeMs: seconds > 0 ? Math.round(seconds * 1000) : null }];
}

const mappedPair = (row: Fields): [string, string] | null =>
  row.left_output === undefined || row.right_output === undefined ? null : ["left_output", "right_output"];

/** What a control says: a word, or as Pairwise has it an object with what was selected, in CSV as JSON. */
function selectedIn(value: unknown): unknown {
  if (value === undefined || value === null || value === "") return null;
  const given = unpacked(value);
  const one: unknown = Array.isArray(given) ? given[0] : given;
  if (typeof one !== "object" || one === null) return one ?? null;
  return "selected" in one ? textIn(one, "selected") : "choices" in one ? selectedIn(one.choices) : null;
}
