import { type Fields, restOf } from "../field-map.ts";
import { isOwnExport } from "./own-export.ts";
import { hasTraceOfModel, looksLikeModel } from "../model-names.ts";
import { parseGroupName } from "../group-name.ts";
import type { FileOptions } from "../options.ts";
import { type GroupName, type JudgmentRecord, RowFault, UNNAMED } from "../records.ts";
import { timeIn } from "../times.ts";
import { booleanIn, idIn, optionalText, strengthIn, turnIn } from "../values.ts";

const COMMON = [
  ...["prompt_id", "prompt", "annotator", "group", "group_kind"],
  ...["turn", "strength", "rationale", "created_at", "judgment_id", "side_known"],
];

/** How a format says what all judgments say. */
export interface JudgmentFields {
  /** All fields that have a meaning; the others are metadata. */
  readonly used: ReadonlySet<string>;
  /** Its own names for `annotator` and `created_at`. */
  readonly annotator: string;
  readonly createdAt: string;
  /**
   * Who judged where neither the row nor the researcher says: `UNNAMED` where the format names nobody. Missing: nobody is
   * named, unless the row may well say who judged, which is an error.
   */
  readonly annotatorElse?: string | typeof UNNAMED;
  /** Whether models judge in files of this format; where that is only likely, the load says what it took for granted. */
  readonly models: "surely" | "likely" | null;
  /** The group of these models; null: each is one of its own name. */
  readonly modelGroup: string | null;
}

/** @param own the format's fields besides those that all judgments have */
export const judgmentFields = (
  own: readonly string[],
  names: Partial<Omit<JudgmentFields, "used">> = {},
): JudgmentFields => {
  const { annotator = "annotator", createdAt = "created_at" } = names;
  const used = new Set([...COMMON, ...own, annotator, createdAt]);
  return { models: null, modelGroup: null, ...names, used, annotator, createdAt };
};

/** Everything a judgment says besides the systems and the choice. */
export function judgedBy(row: Fields, options: FileOptions, fields: JudgmentFields) {
  const annotator = annotatorIn(row, options, fields);
  const sideKnown = booleanIn(row, "side_known");
  return {
    ...whoJudged(annotator, row, { options, fields }),
    ...(sideKnown === null ? {} : { sideKnown }),
    annotator,
    turn: turnIn(row, "turn"),
    strength: strengthIn(row, "strength"),
    rationale: optionalText(row, "rationale"),
    createdAt: timeIn(row, "created_at") ?? timeIn(row, fields.createdAt),
    judgmentId: idIn(row, "judgment_id"),
    leftTurns: null,
    rightTurns: null,
    metadata: restOf(row, fields.used),
  } satisfies Partial<JudgmentRecord>;
}

/** Columns that say in published formats who judged, or during which visit. */
const WHO = ["evaluation_session_id", "worker_id", "worker", "user_id", "rater", "author"];

/**
 * The annotator's name: the row's, else the one said for the file, else `UNNAMED`. A row that may well say who judged is
 * refused, so that no person is lost unnoticed: one with a column of that kind, one whose column is empty, and a model's.
 */
function annotatorIn(row: Fields, options: FileOptions, fields: JudgmentFields): string | typeof UNNAMED {
  const field = fields.annotator;
  const name = idIn(row, "annotator") ?? idIn(row, field) ?? options.annotator;
  if (name === null && fields.annotatorElse !== undefined) return fields.annotatorElse;
  if (name !== null || (isOwnExport(row) && idIn(row, "excluded_by") === null)) return name;
  const isEmpty = row.annotator !== undefined || row[field] !== undefined;
  const isByModel = hasTraceOfModel(row) || options.group?.kind === "model" || row.group_kind === "model";
  if (isEmpty || isByModel || WHO.some((one) => row[one] !== undefined)) throw annotatorMissing(row, fields);
  return UNNAMED;
}

/** Nothing says who judged, and somebody must. */
export function annotatorMissing(row: Fields, fields: JudgmentFields): RowFault {
  const field = fields.annotator;
  const columns = Object.keys(restOf(row, fields.used));
  const likely = WHO.find((one) => columns.includes(one)) ?? "THEIRS";
  const others = columns.join(", ") || "none";
  const map = `Map the column with the annotator (FILE:annotator=${likely}; other columns: ${others})`;
  const advice = `${map}, or, if one annotator judged everything, use --annotator NAME.`;
  return new RowFault("AnnotatorMissing", `There is no ${field}. ${advice}`, field);
}

/**
 * The group, and its kind. Where no kind is given, an annotator that is called like a model, or whose row holds what
 * only a model's run leaves behind, is one: its verdicts are never taken for a person's unasked.
 */
function whoJudged(
  annotator: string | typeof UNNAMED,
  row: Fields,
  { options, fields }: { options: FileOptions; fields: JudgmentFields },
) {
  const group = groupIn(row, options);
  if (group !== null && group.kind !== null) return { group };
  if (annotator === UNNAMED && fields.models === null) return { group };
  const isLikely =
    fields.models === "likely" ||
    hasTraceOfModel(row) ||
    (annotator !== UNNAMED && looksLikeModel(annotator));
  if (fields.models === null && !isLikely) return { group };
  const name = group?.name ?? fields.modelGroup ?? annotator ?? "models";
  return {
    group: { name, kind: "model" as const },
    ...(fields.models === "surely" ? {} : { takenForModel: true }),
  };
}

/** The row's group, else the one said for the file, which also says the kind where the row names it without. */
function groupIn(row: Fields, { group: said }: FileOptions): GroupName | null {
  const name = idIn(row, "group");
  const kind = idIn(row, "group_kind");
  if (name === null && kind === null) return said;
  if (name !== null && name === said?.name && kind === null) return said;
  const group = groupNamed(name ?? said?.name ?? null, kind);
  if (group) return group;
  const what = name === null ? "There is a group_kind but no group" : `“${name}” with the kind “${kind}”`;
  const advice = "write NAME, or NAME:crowd, NAME:author, NAME:model";
  throw new RowFault("GroupWrong", `${what} is no group: ${advice}.`, "group");
}

/** A name in a row may hold colons of its own: only what names a kind is one. */
function groupNamed(name: string | null, kind: string | null): GroupName | null {
  if (name === null) return null;
  if (kind !== null) return parseGroupName(`${name}:${kind}`);
  return parseGroupName(name) ?? { name, kind: null };
}

/** Whether a model judged: it was taken for one, or its group is of that kind. */
export const isModels = ({
  group,
  takenForModel,
}: Pick<JudgmentRecord, "group" | "takenForModel">): boolean =>
  takenForModel === true || group?.kind === "model";
