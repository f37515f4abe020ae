import { hash } from "node:crypto";
import { sql } from "kysely";
import type { Choice, Origin, Purpose } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { isComparisonLeftOut } from "../studies/left-out.ts";
import { answerKey, flagsByAnswer } from "../studies/flags.ts";
import { statement } from "../storage/statement.ts";
import type { ExportedJudgment, Status } from "./exported-judgment.ts";
import type { Names } from "./names.ts";

/** Some of a study's judgments: those of the comparisons after `after` up to `end`. */
export interface JudgmentChunk {
  readonly judgments: readonly ExportedJudgment[];
  readonly after: number;
  readonly end: number;
  /** How much of the study has been read with it, from 0 to 1. */
  readonly share: number;
}

/**
 * Reads every judgment of a study in chunks of about `size`, whole comparisons each, in the order in which
 * comparisons and assignments were made: what is loaded again is exported in the same order again. Judgments of
 * loads that are not published are left out. All of it must run within one `database.read`.
 */
export async function* judgmentChunks(
  reader: Reader,
  study: number,
  given: { names: Names; size: number },
): AsyncGenerator<JudgmentChunk> {
  const told = new Set<number>();
  const flags = await flagsByAnswer(reader, study);
  const ids = await reader.db
    .selectFrom("comparison")
    .select((e) => [e.fn.min<number | null>("id").as("first"), e.fn.max<number | null>("id").as("last")])
    .where("study_id", "=", study)
    .executeTakeFirstOrThrow();
  const [first, last] = [Number(ids.first ?? 0), Number(ids.last ?? 0)];
  for (let after = 0; ;) {
    const [next] = await reader.run(chunkEnd, { study, after, offset: given.size - 1 });
    const end = next?.id ?? Number.MAX_SAFE_INTEGER;
    const rows = await reader.run(judgedBetween, { study, after, end });
    yield {
      judgments: lastRevisions(rows).map((row) => exported(row, { names: given.names, told, flags })),
      after,
      end,
      share: next ? (end - first + 1) / (last - first + 1) : 1,
    };
    if (!next) return;
    after = end;
  }
}

const chunkEnd = statement<{ study: number; after: number; offset: number }, { id: number }>((db, param) =>
  db
    .selectFrom("comparison as c")
    .innerJoin("assignment as a", "a.comparison_id", "c.id")
    .select("c.id")
    .where("c.study_id", "=", param("study"))
    .where("c.id", ">", param("after"))
    .orderBy("c.id")
    .limit(1)
    .offset(param("offset")),
);

interface JudgedRow {
  prompt: string;
  prompt_id: number;
  turn: number;
  id: number;
  left_system_id: number;
  right_system_id: number;
  side_known: number;
  annotator_id: number;
  group_id: number;
  purpose: Purpose;
  presentation: number;
  origin: Origin;
  source_key: string | null;
  load_id: number | null;
  /** 1 where the judgment has its place, or had it before its annotator was left out; 0 where its comparison is left out. */
  placed: number;
  choice: Choice;
  strength: number | null;
  answers: string | null;
  rationale: string | null;
  language: string | null;
  active_ms: number | null;
  request_key: string;
  judged_at: string | null;
  received_at: string;
  metadata: string | null;
  known: number | null;
  better: number | null;
  earlier?: Choice[];
}

const judgedBetween = statement<{ study: number; after: number; end: number }, JudgedRow>((db, param) =>
  db
    .selectFrom("comparison as c")
    .innerJoin("assignment as a", "a.comparison_id", "c.id")
    .innerJoin("judgment as j", "j.assignment_id", "a.id")
    .innerJoin("prompt as p", "p.id", "c.prompt_id")
    .leftJoin("known_answer as k", "k.comparison_id", "c.id")
    .leftJoin("slot as s", "s.id", "a.slot_id")
    .leftJoin("load as l", "l.id", "a.load_id")
    .select(["p.external_id as prompt", "c.prompt_id", "c.turn", "a.id", "a.left_system_id"])
    .select(["a.right_system_id", "a.side_known", "a.annotator_id", "a.group_id", "a.purpose"])
    .select(["a.presentation", "a.origin", "a.source_key", "a.load_id"])
    .select((e) =>
      e
        .case()
        .when(isComparisonLeftOut("c"))
        .then(sql.lit(0))
        .when(e.or([e("a.slot_id", "is", null), e("s.counted_assignment_id", "=", e.ref("a.id"))]))
        .then(sql.lit(1))
        .when(
          e.exists(
            e
              .selectFrom("placed_judgment as p")
              .select("p.judgment_id")
              .whereRef("p.assignment_id", "=", "a.id"),
          ),
        )
        .then(sql.lit(1))
        .else(sql.lit(0))
        .end()
        .as("placed"),
    )
    .select(["j.choice", "j.strength", "j.answers", "j.rationale"])
    .select(["j.language", "j.active_ms", "j.request_key", "j.judged_at", "j.received_at", "j.metadata"])
    .select(["k.comparison_id as known", "k.better_system_id as better"])
    .where("c.study_id", "=", param("study"))
    .where("c.id", ">", param("after"))
    .where("c.id", "<=", param("end"))
    .where((eb) => eb.or([eb("a.load_id", "is", null), eb("l.state", "=", "published")]))
    .where("a.ended_how", "=", sql.lit<"judged">("judged")) // not what was taken back
    .orderBy("c.id")
    .orderBy("a.id")
    .orderBy("j.revision"),
);

/** The latest revision of each assignment, with the choices before it. */
function lastRevisions(rows: readonly JudgedRow[]): JudgedRow[] {
  const last: JudgedRow[] = [];
  for (const row of rows) {
    const before = last.at(-1);
    if (before?.id !== row.id) last.push(row);
    else last[last.length - 1] = { ...row, earlier: [...(before.earlier ?? []), before.choice] };
  }
  return last;
}

interface Exporting {
  readonly names: Names;
  /** Whose calls a row has told of already; the row's annotator is added. */
  readonly told: Set<number>;
  readonly flags: Awaited<ReturnType<typeof flagsByAnswer>>;
}

function exported(row: JudgedRow, { names, told, flags }: Exporting): ExportedJudgment {
  const group = names.groups.get(row.group_id)!;
  const annotator = names.annotators.get(row.annotator_id)!;
  const isFirst = !told.has(row.annotator_id);
  told.add(row.annotator_id);
  return {
    judgmentId: idOf(row, annotator.name),
    promptId: row.prompt,
    turn: row.turn,
    leftSystem: names.systems.get(row.left_system_id)!,
    rightSystem: names.systems.get(row.right_system_id)!,
    sideKnown: row.side_known === 1,
    choice: row.choice,
    earlierChoices: row.earlier ?? [],
    strength: row.strength,
    answers: answersOf(row, flags),
    rationale: row.rationale,
    annotator: annotator.name,
    group: group.name,
    groupKind: group.kind,
    headline: group.headline,
    createdAt: row.judged_at ?? (row.load_id === null ? row.received_at : null),
    activeMs: row.active_ms,
    language: row.language,
    origin: row.origin,
    purpose: row.purpose,
    expectedChoice: expectedOf(row),
    status: statusOf(row, annotator.excludedBy !== null),
    excludedBy: annotator.excludedBy,
    modelCalls: isFirst ? annotator.modelCalls : null,
    metadata: metadataOf(row.metadata),
    keys: { prompt: row.prompt_id, left: row.left_system_id, right: row.right_system_id },
  };
}

/** What an annotator said besides the choice: flags; or what the table has. */
function answersOf(row: JudgedRow, flags: Exporting["flags"]): ExportedJudgment["answers"] {
  const own = flags.get(answerKey({ annotatorId: row.annotator_id, requestKey: row.request_key }));
  if (own) return { flags: own.map(({ flag, of }) => ({ flag, of })) };
  return row.answers === null ? null : (JSON.parse(row.answers) as object);
}

const LOADED_WITH_ID = "id:";
/** 132 bits: no two of any number of judgments get the same. */
const ID_CHARACTERS = 22;

/** Keys are random, or unique in the study; an annotator's name beside them tells equal ones of two people apart. */
function idOf({ source_key, request_key }: JudgedRow, annotator: string | null): string {
  if (source_key?.startsWith(LOADED_WITH_ID)) return source_key.slice(LOADED_WITH_ID.length);
  const key = JSON.stringify([annotator, source_key ?? request_key]);
  return hash("sha256", key, "base64url").slice(0, ID_CHARACTERS);
}

function expectedOf(row: JudgedRow): ExportedJudgment["expectedChoice"] {
  if (row.purpose !== "check" || row.known === null) return null;
  if (row.better === null) return "tie";
  return row.better === row.left_system_id ? "left" : "right";
}

function statusOf(row: JudgedRow, isExcluded: boolean): Status {
  if (row.purpose !== "main" && row.purpose !== "shared") return row.purpose;
  if (row.presentation > 0) return "other_order";
  if (row.placed === 0) return "surplus";
  return isExcluded ? "excluded" : "counted";
}

function metadataOf(text: string | null): Record<string, unknown> | null {
  if (text === null || text === "{}") return null;
  return JSON.parse(text) as Record<string, unknown>;
}
