import { placeIn } from "../reading/place.ts";
import { listOfIds, runRows, rowsStatement } from "./rows.ts";
import { sql } from "kysely";
import type { Scope } from "./scope.ts";

interface ResponseRow {
  promptId: number;
  systemId: number;
  turns: string;
  turnCount: number;
  hash: string;
  blank: number;
  metadata: string;
  row: number;
}
type Place = Pick<ResponseRow, "promptId" | "systemId">;
export type StoredResponse = Place & Pick<ResponseRow, "hash" | "metadata"> & { id: number; loadId: number };

const insertNew = rowsStatement<{ loadId: number }, ResponseRow, Place>({
  fixed: ["loadId"],
  columns: ["promptId", "systemId", "turns", "turnCount", "hash", "blank", "metadata", "row"],
  build: (db, rows, { loadId }) =>
    db
      .insertInto("response")
      .values(
        rows.map((row) => ({
          prompt_id: row.promptId,
          system_id: row.systemId,
          turns: row.turns,
          turn_count: row.turnCount,
          content_hash: row.hash,
          blank: row.blank,
          metadata: row.metadata,
          load_id: loadId,
          load_row: row.row,
        })),
      )
      .onConflict((conflict) => conflict.columns(["prompt_id", "system_id"]).doNothing())
      .returning(["prompt_id as promptId", "system_id as systemId"]),
});

const byPlace = rowsStatement<object, Place, StoredResponse>({
  fixed: [],
  columns: ["promptId", "systemId"],
  build: (db, rows) =>
    db
      .selectFrom("response")
      .leftJoin("masked_response as m", "m.response_id", "response.id")
      .select([
        "response.id",
        "prompt_id as promptId",
        "system_id as systemId",
        "metadata",
        "load_id as loadId",
      ])
      // before it was masked, if it was: what is masked is not corrected, so a correction came before
      .select((e) => e.fn.coalesce("m.content_hash", "response.content_hash").as("hash"))
      .where(
        sql<boolean>`(prompt_id, system_id) in ${listOfIds(rows.map((row) => [row.promptId, row.systemId]))}`,
      ),
});

/** Inserts those that are the first for their prompt and system. @returns their places */
export async function insertResponses({ tx, loadId }: Scope, rows: readonly ResponseRow[]): Promise<Place[]> {
  return runRows(tx, insertNew, { fixed: { loadId }, rows });
}

export async function findResponses({ tx }: Scope, places: readonly Place[]): Promise<StoredResponse[]> {
  return runRows(tx, byPlace, { fixed: {}, rows: places });
}

/** Whether a response had this text before it was corrected. */
export async function hadText({ tx }: Scope, response: { id: number; hash: string }): Promise<boolean> {
  const row = await tx.db
    .selectFrom("corrected_response")
    .select("revision")
    .where("response_id", "=", response.id)
    .where("content_hash", "=", response.hash)
    .limit(sql.lit(1))
    .executeTakeFirst();
  return row !== undefined;
}

/** A response's text and where it was loaded from, for a message. */
export async function storedResponse({ tx, file, loadId }: Scope, place: Place) {
  const row = await tx.db
    .selectFrom("response as r")
    .innerJoin("load as l", "l.id", "r.load_id")
    .select(["r.turns", "r.load_row", "r.load_id", "l.file_name"])
    .where("r.prompt_id", "=", place.promptId)
    .where("r.system_id", "=", place.systemId)
    .executeTakeFirst();
  if (!row) return undefined;
  const where = row.load_id === loadId ? file : row.file_name;
  return { turns: JSON.parse(row.turns) as string[], place: placeIn(where, row.load_row) };
}
