import { sql } from "kysely";
import type { Choice, Origin, Purpose } from "../../contract/words.ts";
import { listOfIds, runRows, rowsStatement } from "./rows.ts";
import type { Scope } from "./scope.ts";
import { NAMELESS } from "../../studies/annotators.ts";

export interface StoredJudgment {
  sourceKey: string;
  comparisonId: number;
  annotatorId: number;
  isUnnamed: boolean;
  leftSystemId: number;
  choice: Choice;
  rationale: string | null;
  /** As JSON. */
  metadata: string | null;
  /** The load that brought it. */
  loadId: number | null;
}

type FoundJudgment = Omit<StoredJudgment, "isUnnamed"> & { provider: string };

/** From the key to its rows: what a row belongs to is looked up after, so that no other row of the study is read. */
const bySource = rowsStatement<{ studyId: number }, { key: string }, FoundJudgment>({
  fixed: ["studyId"],
  columns: ["key"],
  build: (db, rows, { studyId }) =>
    db
      .selectFrom("assignment as a")
      .select([
        "a.source_key as sourceKey",
        "a.comparison_id as comparisonId",
        "a.annotator_id as annotatorId",
        "a.left_system_id as leftSystemId",
        "a.load_id as loadId",
      ])
      .select((eb) => {
        const first = eb
          .selectFrom("judgment as j")
          .whereRef("j.assignment_id", "=", "a.id")
          .where("j.revision", "=", 1);
        return [
          first.select("j.choice").as("choice"),
          first.select("j.rationale").as("rationale"),
          first.select("j.metadata").as("metadata"),
        ];
      })
      .select((eb) =>
        eb
          .selectFrom("annotator as r")
          .select("r.provider")
          .whereRef("r.id", "=", "a.annotator_id")
          .as("provider"),
      )
      .where("a.source_key", "is not", null)
      .where(
        "a.source_key",
        "in",
        rows.map((row) => row.key),
      )
      .where((eb) => {
        const ofStudy = eb.selectFrom("comparison as c").whereRef("c.id", "=", "a.comparison_id");
        return eb(ofStudy.select("c.study_id"), "=", studyId);
      })
      .$castTo<FoundJudgment>(),
});

export async function findBySource(
  { tx, studyId }: Scope,
  keys: readonly string[],
): Promise<StoredJudgment[]> {
  const found = await runRows(tx, bySource, { fixed: { studyId }, rows: keys.map((key) => ({ key })) });
  return found.map(({ provider, ...row }) => ({ ...row, isUnnamed: provider === NAMELESS }));
}

interface Pair {
  annotatorId: number;
  comparisonId: number;
}

const lastOfPair = rowsStatement<object, Pair, Pair & { last: number | null }>({
  fixed: [],
  columns: ["annotatorId", "comparisonId"],
  build: (db, rows) =>
    db
      .with(
        "wanted(annotatorId, comparisonId)",
        () => sql<Pair>`${listOfIds(rows.map((row) => [row.annotatorId, row.comparisonId]))}`,
      )
      .selectFrom("wanted as w")
      .select(["w.annotatorId", "w.comparisonId"])
      .select((eb) =>
        eb
          .selectFrom("assignment as a")
          .select((column) => column.fn.max("a.presentation").as("last"))
          .whereRef("a.annotator_id", "=", "w.annotatorId")
          .whereRef("a.comparison_id", "=", "w.comparisonId")
          .as("last"),
      ),
});

/** The highest presentation of each annotator on each comparison; null where there is none. */
export async function lastPresentations({ tx }: Scope, pairs: readonly Pair[]) {
  return runRows(tx, lastOfPair, { fixed: {}, rows: pairs });
}

interface AssignmentRow extends Pair {
  token: string;
  promptId: number;
  groupId: number;
  purpose: Purpose;
  presentation: number;
  leftId: number;
  rightId: number;
  sideKnown: number;
  ordinal: number;
  origin: Origin;
  sourceKey: string;
  judgedAt: string;
}

const insertAssignmentRows = rowsStatement<
  { loadId: number },
  AssignmentRow,
  { id: number; sourceKey: string | null }
>({
  fixed: ["loadId"],
  columns: [
    ...(["token", "comparisonId", "promptId", "groupId", "annotatorId", "purpose", "presentation"] as const),
    ...(["leftId", "rightId", "sideKnown", "ordinal", "origin", "sourceKey", "judgedAt"] as const),
  ],
  build: (db, rows, { loadId }) =>
    db
      .insertInto("assignment")
      .values(
        rows.map((row) => ({
          token: row.token,
          slot_id: null,
          comparison_id: row.comparisonId,
          prompt_id: row.promptId,
          group_id: row.groupId,
          annotator_id: row.annotatorId,
          purpose: row.purpose,
          presentation: row.presentation,
          left_system_id: row.leftId,
          right_system_id: row.rightId,
          side_known: row.sideKnown,
          ordinal: row.ordinal,
          origin: row.origin,
          source_key: row.sourceKey,
          load_id: loadId,
          opened_at: row.judgedAt,
          lease_end: row.judgedAt,
          ended_at: row.judgedAt,
          ended_how: "judged" as const,
        })),
      )
      .returning(["id", "source_key as sourceKey"]),
});

/** @returns the new assignments' ids by source key */
export async function insertAssignments(
  { tx, loadId }: Scope,
  rows: readonly AssignmentRow[],
): Promise<Map<string, number>> {
  const made = await runRows(tx, insertAssignmentRows, { fixed: { loadId }, rows });
  return new Map(made.map((row) => [row.sourceKey ?? "", row.id]));
}

/** Unique among an annotator's, in their order and short, so that new ones stand together at the end of their index. */
export const requestKeyOf = (ordinal: number): string => `loaded ${String(ordinal).padStart(8, "0")}`;

interface JudgmentRow {
  assignmentId: number;
  annotatorId: number;
  choice: Choice;
  strength: number | null;
  rationale: string | null;
  language: string | null;
  activeMs: number | null;
  requestKey: string;
  judgedAt: string | null;
  metadata: string;
}

const insertJudgmentRows = rowsStatement<{ at: string }, JudgmentRow>({
  fixed: ["at"],
  columns: [
    ...(["assignmentId", "annotatorId", "choice", "strength", "rationale", "language", "activeMs"] as const),
    ...(["requestKey", "judgedAt", "metadata"] as const),
  ],
  build: (db, rows, { at }) =>
    db.insertInto("judgment").values(
      rows.map((row) => ({
        assignment_id: row.assignmentId,
        annotator_id: row.annotatorId,
        revision: 1,
        choice: row.choice,
        strength: row.strength,
        answers: null,
        rationale: row.rationale,
        language: row.language,
        active_ms: row.activeMs,
        request_key: row.requestKey,
        judged_at: row.judgedAt,
        received_at: at,
        metadata: row.metadata,
      })),
    ),
});

export async function insertJudgments({ tx, at }: Scope, rows: readonly JudgmentRow[]): Promise<void> {
  await runRows(tx, insertJudgmentRows, { fixed: { at }, rows });
}
