import type { FileOptions } from "../options.ts";
import { parseGroupName } from "../options.ts";
import { type Fields, restOf } from "../field-map.ts";
import { type GroupName, type JudgmentRecord, RowFault } from "../records.ts";
import { idIn, optionalText, timeIn, turnIn } from "../values.ts";

const COMMON = [
  "prompt_id",
  "prompt",
  "annotator",
  "group",
  "group_kind",
  "turn",
  "rationale",
  "created_at",
  "judgment_id",
];

/** Everything a judgment says besides the systems and the choice; `used` are the format's own fields. */
export function judgedBy(row: Fields, options: FileOptions, used: readonly string[]) {
  return {
    annotator: annotatorIn(row, options),
    group: groupIn(row) ?? options.group,
    turn: turnIn(row, "turn"),
    rationale: optionalText(row, "rationale"),
    createdAt: timeIn(row, "created_at"),
    judgmentId: idIn(row, "judgment_id"),
    leftTurns: null,
    rightTurns: null,
    metadata: restOf(row, new Set([...COMMON, ...used])),
  } satisfies Partial<JudgmentRecord>;
}

/** The annotator's name: the row's, else the one said for the file. */
export function annotatorIn(row: Fields, options: FileOptions, field = "annotator"): string {
  const name = idIn(row, field) ?? options.annotator;
  if (name !== null) return name;
  throw new RowFault("AnnotatorMissing", `There is no ${field}. Say who judged with --annotator.`, field);
}

function groupIn(row: Fields): GroupName | null {
  const name = idIn(row, "group");
  if (name === null) return null;
  const kind = idIn(row, "group_kind");
  const group = parseGroupName(kind === null ? name : `${name}:${kind}`);
  if (group) return group;
  throw new RowFault(
    "GroupWrong",
    `“${name}” is no group: write NAME, or NAME:crowd, NAME:author, NAME:model.`,
    "group",
  );
}
