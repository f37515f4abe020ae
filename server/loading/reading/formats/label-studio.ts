import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type JudgmentRecord, type LoadRecord, RowFault } from "../records.ts";
import { idIn, optionalText, shown, textIn } from "../values.ts";
import { judgedBy, judgmentFields } from "./judged.ts";

const JUDGED = judgmentFields([]);
/** What a mapping may put beside the task's data. */
const OWN = ["prompt_id", "prompt", "left_system", "right_system", "left_output", "right_output"];

/** The two texts of a task: what they are called, and what they say. */
interface Pair {
  readonly left: string;
  readonly right: string;
  readonly leftText: string;
  readonly rightText: string;
}

/**
 * A task of Label Studio's JSON export: `data` holds the prompt and both texts, `annotations` what people chose. Its
 * control `Pairwise` names the two texts, left and right; their systems are called the same, if nothing else is mapped.
 * An annotation that was skipped holds no verdict, and is counted.
 * @throws RowFault where the texts that were compared are not to be found
 */
export function readLabelStudio(row: Fields, at: number, options: FileOptions): (LoadRecord | RowFault)[] {
  const mapped = Object.fromEntries(Object.entries(row).filter(([name]) => OWN.includes(name)));
  const data: Fields = { ...dataIn(row), ...mapped };
  const annotations = (Array.isArray(row.annotations) ? row.annotations : []) as Fields[];
  const judged = annotations.filter((one) => one.was_cancelled !== true);
  const pair = pairOf(data, judged);
  const common = { row: at, promptId: idIn(data, "prompt_id"), promptTurns: [textIn(data, "prompt")] };
  const leftSystem = idIn(data, "left_system") ?? pair.left;
  const rightSystem = idIn(data, "right_system") ?? pair.right;
  const metadata = restOf(data, new Set([...OWN, pair.left, pair.right]));
  const skipped = annotations.length - judged.length;
  return [
    { ...common, kind: "prompt", turns: common.promptTurns, metadata, ...(skipped > 0 ? { skipped } : {}) },
    { ...common, kind: "response", system: leftSystem, turns: [pair.leftText], metadata: {} },
    { ...common, kind: "response", system: rightSystem, turns: [pair.rightText], metadata: {} },
    ...judged.map((annotation): JudgmentRecord | RowFault => {
      try {
        const said = judgmentOf(annotation, options);
        return { ...common, kind: "judgment", leftSystem, rightSystem, sideKnown: true, ...said };
      } catch (error) {
        if (error instanceof RowFault) return error;
        throw error;
      }
    }),
  ];
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

/** The texts that `Pairwise` names; where nobody judged, the only two texts of the data besides the prompt. */
function pairOf(data: Fields, judged: readonly Fields[]): Pair {
  const named = judged.map(pairwiseOf).find((result) => result !== undefined)?.to_name;
  const texts = Object.keys(data).filter((name) => !OWN.includes(name) && typeof data[name] === "string");
  const names = typeof named === "string" ? named.split(",") : texts;
  const [left, right] = names;
  const leftText = optionalText(data, "left_output") ?? (left === undefined ? undefined : data[left]);
  const rightText = optionalText(data, "right_output") ?? (right === undefined ? undefined : data[right]);
  const isWhole = typeof leftText === "string" && typeof rightText === "string";
  if (names.length === 2 && left !== undefined && right !== undefined && isWhole)
    return { left, right, leftText, rightText };
  const what = `The task does not show which two texts are compared (${names.join(", ") || "none"}).`;
  const advice = "Map them: FILE:left_output=data.THEIRS,right_output=data.THEIRS";
  throw new RowFault("FieldMissing", `${what} ${advice}.`);
}

function judgmentOf(annotation: Fields, options: FileOptions) {
  const value = pairwiseOf(annotation)?.value as Fields | undefined;
  const choice = value?.selected;
  if (choice !== "left" && choice !== "right") {
    const what = `Annotation ${shown(annotation.id)} selects ${shown(choice)}, not left or right.`;
    throw new RowFault("ChoiceUnknown", `${what} Leave it out with --skip-bad.`);
  }
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
