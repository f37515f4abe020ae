import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type JudgmentRecord, type LoadRecord, RowFault, RowNote } from "../records.ts";
import { idIn, shown } from "../values.ts";
import { judgedBy, judgmentFields } from "./judged.ts";
import { noSide, pairOfTexts, sideNamed, systemFieldsIn, verdictQuestion } from "./side-named.ts";
import { turnsInCell } from "../turns-in-cell.ts";

const JUDGED = judgmentFields([]);
/** What a mapping may put beside the task's data. */
const OWN = [
  ...["prompt_id", "prompt", "left_system", "right_system", "left_output", "right_output"],
  "verdict",
];

/** The two texts of a task: what they are called, and what they say. */
interface Pair {
  readonly left: string;
  readonly right: string;
  readonly leftTurns: string[];
  readonly rightTurns: string[];
}

/**
 * A task of Label Studio's JSON export: `data` holds the prompt and both texts, `annotations` what people chose. Its
 * control `Pairwise` names the two texts, left and right; where it does not, they are the two that differ only in a mark
 * (answer1, answer2). A control `Choices` may hold the verdict instead. The systems are those that `data` names (model_a,
 * model_b), or are called as the texts, if nothing else is mapped.
 * An annotation that was skipped holds no verdict, and is counted.
 * @throws RowFault where the texts that were compared are not to be found
 */
export function readLabelStudio(
  row: Fields,
  at: number,
  options: FileOptions,
): (LoadRecord | RowFault | RowNote)[] {
  const mapped = Object.fromEntries(Object.entries(row).filter(([name]) => OWN.includes(name)));
  const data: Fields = { ...dataIn(row), ...mapped };
  const annotations = (Array.isArray(row.annotations) ? row.annotations : []) as Fields[];
  const judged = annotations.filter((one) => one.was_cancelled !== true);
  const pair = pairOf(data, judged);
  const common = { row: at, promptId: idIn(data, "prompt_id"), promptTurns: turnsInCell(data, "prompt") };
  const systems = systemFieldsIn(data);
  const leftSystem = idIn(data, "left_system") ?? (systems ? idIn(data, systems[0]) : null) ?? pair.left;
  const rightSystem = idIn(data, "right_system") ?? (systems ? idIn(data, systems[1]) : null) ?? pair.right;
  const metadata = {
    ...(row.id !== undefined && { task_id: row.id }),
    ...restOf(data, new Set([...OWN, pair.left, pair.right, ...(systems ?? [])])),
  };
  return [
    { ...common, kind: "prompt", turns: common.promptTurns, metadata },
    { ...common, kind: "response", system: leftSystem, turns: pair.leftTurns, metadata: {} },
    { ...common, kind: "response", system: rightSystem, turns: pair.rightTurns, metadata: {} },
    ...judged.map((annotation): JudgmentRecord | RowFault => {
      try {
        const said = judgmentOf(annotation, { pair, options, verdict: idIn(data, "verdict") });
        return { ...common, kind: "judgment", leftSystem, rightSystem, sideKnown: true, ...said };
      } catch (error) {
        if (error instanceof RowFault) return error;
        throw error;
      }
    }),
    ...skippedNote(annotations.length - judged.length),
  ];
}

function skippedNote(count: number): RowNote[] {
  if (count === 0) return [];
  const what = count === 1 ? "1 annotation was skipped" : `${count} annotations were skipped`;
  return [new RowNote("VerdictMissing", `${what}: no judgment.`)];
}

/** The task's fields; none where a mapping took them. */
function dataIn({ data = {} }: Fields): Fields {
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return data as Fields;
  throw new RowFault("TextNotText", `data is ${shown(data)}, which is not an object.`, "data");
}

const resultsOf = (annotation: Fields): Fields[] =>
  Array.isArray(annotation.result) ? (annotation.result as Fields[]) : [];

const pairwiseOf = (annotation: Fields): Fields | undefined =>
  resultsOf(annotation).find(({ type }) => type === "pairwise");

/**
 * The texts that `Pairwise` names; else the two whose names differ only in a mark; else the only two of the data besides
 * the prompt.
 */
function pairOf(data: Fields, judged: readonly Fields[]): Pair {
  const said = judged.map(pairwiseOf).find((result) => result !== undefined)?.to_name;
  const named = typeof said === "string" ? said.split(",") : [];
  const texts = Object.keys(data).filter((name) => !OWN.includes(name) && typeof data[name] === "string");
  const names = named.length === 2 ? named : (pairOfTexts(texts) ?? texts);
  const left = data.left_output === undefined ? names[0] : "left_output";
  const right = data.right_output === undefined ? names[1] : "right_output";
  const isThere = (name: string | undefined) => name !== undefined && data[name] !== undefined;
  const isMapped = left === "left_output" && right === "right_output";
  if ((isMapped || names.length === 2) && isThere(left) && isThere(right)) {
    const [first = left, second = right] = isMapped && named.length === 2 ? named : [left, right];
    const [leftTurns, rightTurns] = [turnsInCell(data, left ?? ""), turnsInCell(data, right ?? "")];
    return { left: first ?? "", right: second ?? "", leftTurns, rightTurns };
  }
  const what = `The task does not show which two texts are compared (${texts.join(", ") || "none"}).`;
  const advice = "Map them: FILE:left_output=data.THEIRS,right_output=data.THEIRS";
  throw new RowFault("FieldMissing", `${what} ${advice}.`);
}

/** The words that the controls `Choices` hold, by control. */
const choicesOf = (annotation: Fields): Map<string, unknown[]> =>
  new Map(
    resultsOf(annotation).flatMap(({ type, from_name, value }) => {
      const words = type === "choices" ? (value as Fields | undefined)?.choices : undefined;
      return typeof from_name === "string" && Array.isArray(words) ? [[from_name, words as unknown[]]] : [];
    }),
  );

/** The choice of an annotation. @throws RowFault if it chooses neither text */
function choiceOf(annotation: Fields, { left, right }: Pair, verdict: string | null) {
  const pairwise = pairwiseOf(annotation);
  if (pairwise !== undefined || resultsOf(annotation).every(({ type }) => type !== "choices")) {
    const choice = (pairwise?.value as Fields | undefined)?.selected;
    if (choice === "left" || choice === "right") return choice;
    const what = `Annotation ${shown(annotation.id)} selects ${shown(choice)}, not left or right.`;
    throw new RowFault("ChoiceUnknown", `${what} Leave it out with --skip-bad.`);
  }
  const answers = choicesOf(annotation);
  const question = verdictQuestion(answers, [left, right], verdict) ?? [...answers.keys()][0] ?? "";
  const [answer] = answers.get(question) ?? [];
  const choice = sideNamed(answer, [left, right]);
  if (choice === null) throw noSide(question, answer);
  return choice;
}

function judgmentOf(
  annotation: Fields,
  { pair, options, verdict }: { pair: Pair; options: FileOptions; verdict: string | null },
) {
  const choice = choiceOf(annotation, pair, verdict);
  const said = {
    annotator: whoCompleted(annotation.completed_by),
    created_at: annotation.created_at,
    judgment_id: annotation.id,
    rationale: resultsOf(annotation).flatMap(writtenText).join("\n"),
  };
  const seconds = annotation.lead_time;
  const activeMs = typeof seconds === "number" && seconds >= 0 ? Math.round(seconds * 1000) : null;
  return { choice, ...judgedBy(said, options, JUDGED), activeMs } as const;
}

/** Exports name who annotated by a number, or as an object with it and an address. */
const whoCompleted = (who: unknown): unknown =>
  typeof who === "object" && who !== null ? ((who as Fields).email ?? (who as Fields).id) : who;

/** What the control `TextArea` holds. */
function writtenText({ type, value }: Fields): string[] {
  const text = type === "textarea" ? (value as Fields | undefined)?.text : undefined;
  return (Array.isArray(text) ? text : [text]).filter((one) => typeof one === "string");
}
