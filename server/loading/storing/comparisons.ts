import { sql } from "kysely";
import type { AnswerClaim, JudgmentClaim } from "./prepare.ts";
import { listOfIds, runRows, rowsStatement } from "./rows.ts";
import type { KnownPrompt, Scope } from "./scope.ts";
import { storeSystems } from "./systems.ts";

interface Claimed {
  readonly claim: JudgmentClaim | AnswerClaim;
}

/** What a claim of a pair of systems came to: rows of the database. */
export type Located<One extends Claimed> = One & {
  readonly promptId: number;
  readonly leftId: number;
  readonly rightId: number;
  readonly comparisonId: number;
};

interface Place {
  promptId: number;
  turn: number;
  lowId: number;
  highId: number;
}

/**
 * Finds or makes the comparison of each claim, the same one for both orders.
 * @returns the claims whose turn exists, with their comparison
 */
export async function storeComparisons<One extends Claimed>(
  scope: Scope,
  claims: readonly One[],
  prompts: readonly (KnownPrompt | null)[],
): Promise<Located<One>[]> {
  const records = claims.map(({ claim }) => claim.record);
  const systems = await storeSystems(
    scope,
    records.flatMap((record) => [record.leftSystem, record.rightSystem]),
  );
  const promptIds = claims.map(({ claim }) => prompts[claim.prompt]?.id ?? 0);
  await learnTurns(scope, promptIds);
  const located = claims.flatMap((one, i) => {
    const { record } = one.claim;
    const promptId = promptIds[i] ?? 0;
    const turn = turnOf(scope, one.claim, promptId);
    if (turn === null) return [];
    const leftId = systems.get(record.leftSystem) ?? 0;
    const rightId = systems.get(record.rightSystem) ?? 0;
    const place = { promptId, turn, lowId: Math.min(leftId, rightId), highId: Math.max(leftId, rightId) };
    return [{ ...one, promptId, leftId, rightId, place }];
  });
  const ids = await idsOf(
    scope,
    located.map((one) => one.place),
  );
  return located.map((one) => ({ ...one, comparisonId: ids.get(keyOf(one.place)) ?? 0 }));
}

/** The turn that was judged: the last one where the row names none. Null, with an error, where there is no such turn. */
function turnOf(scope: Scope, { record, row }: Claimed["claim"], promptId: number): number | null {
  const turns = scope.known.turnCount.get(promptId)?.turns ?? null;
  if (record.turn === null) return turns ?? 1;
  if (turns === null || record.turn <= turns) return record.turn;
  const message = `Turn ${record.turn} was judged, but the prompt has ${turns === 1 ? "one turn" : `${turns} turns`}.`;
  scope.outcome.errors.push({ row, name: "TurnUnknown", message });
  return null;
}

const textsOf = rowsStatement<object, { id: number }, { id: number; turns: string }>({
  fixed: [],
  columns: ["id"],
  build: (db, rows) =>
    db
      .selectFrom("prompt_text")
      .select(["prompt_id as id", "turns"])
      .where(
        "prompt_id",
        "in",
        rows.map((row) => row.id),
      ),
});

async function learnTurns({ tx, known }: Scope, promptIds: readonly number[]): Promise<void> {
  const missing = [...new Set(promptIds)].filter((id) => !known.turnCount.get(id));
  const found = await runRows(tx, textsOf, { fixed: {}, rows: missing.map((id) => ({ id })) });
  for (const { id, turns } of found)
    known.turnCount.set(id, { turns: (JSON.parse(turns) as unknown[]).length });
}

const keyOf = (place: Place) => `${place.promptId}:${place.turn}:${place.lowId}:${place.highId}`;
const COLUMNS = ["promptId", "turn", "lowId", "highId"] as const;

const byPlace = rowsStatement<object, Place, Place & { id: number }>({
  fixed: [],
  columns: COLUMNS,
  build: (db, rows) =>
    db
      .selectFrom("comparison")
      .select(["id", "prompt_id as promptId", "turn", "low_system_id as lowId", "high_system_id as highId"])
      .where(
        sql<boolean>`(prompt_id, turn, low_system_id, high_system_id) in ${listOfIds(
          rows.map((row) => COLUMNS.map((column) => row[column])),
        )}`,
      ),
});

const insertRows = rowsStatement<{ studyId: number; loadId: number }, Place>({
  fixed: ["studyId", "loadId"],
  columns: COLUMNS,
  build: (db, rows, { studyId, loadId }) =>
    db
      .insertInto("comparison")
      .values(
        rows.map((row) => ({
          study_id: studyId,
          prompt_id: row.promptId,
          turn: row.turn,
          low_system_id: row.lowId,
          high_system_id: row.highId,
          load_id: loadId,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(["prompt_id", "turn", "low_system_id", "high_system_id"]).doNothing(),
      ),
});

/** Opening the study may make the same comparisons at the same time: what is missing is inserted, then read back. */
async function idsOf(scope: Scope, places: readonly Place[]): Promise<Map<string, number>> {
  const { tx, studyId, loadId } = scope;
  const missing = new Map(places.map((place) => [keyOf(place), place]));
  const ids = new Map<string, number>();
  const find = async () => {
    for (const row of await runRows(tx, byPlace, { fixed: {}, rows: [...missing.values()] })) {
      ids.set(keyOf(row), row.id);
      missing.delete(keyOf(row));
    }
  };
  await find();
  if (missing.size === 0) return ids;
  await runRows(tx, insertRows, { fixed: { studyId, loadId }, rows: [...missing.values()] });
  await find();
  return ids;
}
