import type { ExportedJudgment } from "./exported-judgment.ts";

/** A judgment as JSON, and as the columns of CSV and Parquet, has these fields in this order. */
export const JUDGMENT_COLUMNS = [
  "judgment_id",
  "prompt_id",
  "turn",
  "left_system",
  "right_system",
  "side_known",
  "choice",
  "earlier_choices",
  "strength",
  "answers",
  "rationale",
  "annotator",
  "group",
  "group_kind",
  "headline",
  "created_at",
  "active_ms",
  "language",
  "origin",
  "purpose",
  "expected_choice",
  "status",
  "excluded_by",
  "model_calls",
  "metadata",
] as const;

export type JudgmentColumn = (typeof JUDGMENT_COLUMNS)[number];
export type JudgmentRow = Record<JudgmentColumn, unknown>;

/** The row that says everything. What has no value is null. */
export const rowOf = (judgment: ExportedJudgment): JudgmentRow => ({
  judgment_id: judgment.judgmentId,
  prompt_id: judgment.promptId,
  turn: judgment.turn,
  left_system: judgment.leftSystem,
  right_system: judgment.rightSystem,
  side_known: judgment.sideKnown,
  choice: judgment.choice,
  earlier_choices: judgment.earlierChoices.length === 0 ? null : judgment.earlierChoices,
  strength: judgment.strength,
  answers: judgment.answers,
  rationale: judgment.rationale,
  annotator: judgment.annotator,
  group: judgment.group,
  group_kind: judgment.groupKind,
  headline: judgment.headline,
  created_at: judgment.createdAt,
  active_ms: judgment.activeMs,
  language: judgment.language,
  origin: judgment.origin,
  purpose: judgment.purpose,
  expected_choice: judgment.expectedChoice,
  status: judgment.status,
  excluded_by: judgment.excludedBy,
  model_calls: judgment.modelCalls,
  metadata: judgment.metadata,
});
