import { placeIn } from "../reading/place.ts";
import { runRows, rowsStatement } from "./rows.ts";
import type { KnownPrompt, Scope } from "./scope.ts";
import type { Text } from "../text.ts";

type Study = { studyId: number };
type Load = { studyId: number; loadId: number };

const byName = rowsStatement<Study, { name: string }, KnownPrompt>({
  fixed: ["studyId"],
  columns: ["name"],
  build: (db, rows, fixed) =>
    db
      .selectFrom("prompt as p")
      .leftJoin("prompt_text as t", "t.prompt_id", "p.id")
      .select(["p.id", "p.external_id as name", "t.content_hash as hash", "t.load_id as loadId"])
      .where("p.study_id", "=", fixed.studyId)
      .where(
        "p.external_id",
        "in",
        rows.map((row) => row.name),
      ),
});

const byHash = rowsStatement<Study, { hash: string }, { hash: string; name: string; id: number }>({
  fixed: ["studyId"],
  columns: ["hash"],
  build: (db, rows, fixed) =>
    db
      .selectFrom("prompt_text as t")
      .innerJoin("prompt as p", "p.id", "t.prompt_id")
      .select(["t.content_hash as hash", "p.external_id as name", "p.id"])
      .where("t.study_id", "=", fixed.studyId)
      .where(
        "t.content_hash",
        "in",
        rows.map((row) => row.hash),
      ),
});

const insertNames = rowsStatement<Load, { name: string }, { id: number; name: string }>({
  fixed: ["studyId", "loadId"],
  columns: ["name"],
  build: (db, rows, { studyId, loadId }) =>
    db
      .insertInto("prompt")
      .values(rows.map(({ name }) => ({ study_id: studyId, external_id: name, load_id: loadId })))
      .returning(["id", "external_id as name"]),
});

interface TextRow {
  id: number;
  turns: string;
  hash: string;
  metadata: string;
  row: number;
}

const insertTextRows = rowsStatement<Load, TextRow>({
  fixed: ["studyId", "loadId"],
  columns: ["id", "turns", "hash", "metadata", "row"],
  build: (db, rows, { studyId, loadId }) =>
    db.insertInto("prompt_text").values(
      rows.map(({ id, turns, hash, metadata, row }) => ({
        prompt_id: id,
        study_id: studyId,
        turns,
        content_hash: hash,
        metadata,
        load_id: loadId,
        load_row: row,
      })),
    ),
});

const metadataOf = rowsStatement<object, { id: number }, { id: number; metadata: string }>({
  fixed: [],
  columns: ["id"],
  build: (db, rows) =>
    db
      .selectFrom("prompt_text")
      .select(["prompt_id as id", "metadata"])
      .where(
        "prompt_id",
        "in",
        rows.map((row) => row.id),
      ),
});

export async function findByName({ tx, studyId }: Scope, names: readonly string[]): Promise<KnownPrompt[]> {
  return runRows(tx, byName, { fixed: { studyId }, rows: names.map((name) => ({ name })) });
}

/** The prompts that have these texts; of several with one text, the one that was made first. */
export async function findByHash({ tx, studyId }: Scope, hashes: readonly string[]) {
  const rows = await runRows(tx, byHash, { fixed: { studyId }, rows: hashes.map((hash) => ({ hash })) });
  const first = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    const other = first.get(row.hash);
    if (!other || row.id < other.id) first.set(row.hash, row);
  }
  return [...first.values()];
}

export async function insertPrompts({ tx, studyId, loadId }: Scope, names: readonly string[]) {
  return runRows(tx, insertNames, { fixed: { studyId, loadId }, rows: names.map((name) => ({ name })) });
}

export async function insertTexts(
  { tx, studyId, loadId }: Scope,
  texts: readonly { id: number; row: number; text: Text; metadata: string | null }[],
): Promise<void> {
  const rows = texts.map(({ id, row, text, metadata }) => ({
    id,
    row,
    turns: text.json,
    hash: text.hash,
    metadata: metadata ?? "{}",
  }));
  await runRows(tx, insertTextRows, { fixed: { studyId, loadId }, rows });
}

export async function findMetadata({ tx }: Scope, ids: readonly number[]) {
  return runRows(tx, metadataOf, { fixed: {}, rows: ids.map((id) => ({ id })) });
}

/** A prompt's text and where it was loaded from, for a message. */
export async function storedText({ tx, file, loadId }: Scope, promptId: number) {
  const row = await tx.db
    .selectFrom("prompt_text as t")
    .innerJoin("load as l", "l.id", "t.load_id")
    .select(["t.turns", "t.load_row", "t.load_id", "l.file_name"])
    .where("t.prompt_id", "=", promptId)
    .executeTakeFirst();
  if (!row) return undefined;
  const place = placeIn(row.load_id === loadId ? file : row.file_name, row.load_row);
  return { turns: JSON.parse(row.turns) as string[], place };
}
