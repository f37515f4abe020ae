import { type Context, now } from "../context.ts";
import type { PromptSetItem, VersionKept, VersionToKeep } from "../contract/prompt-sets.ts";
import { textOf } from "../loading/text.ts";
import { countsOf } from "../prompt-sets/kept/counts.ts";
import { hashOfItems } from "../prompt-sets/kept/items.ts";
import { requireSound } from "../prompt-sets/kept/require-sound.ts";
import { batchesOf, INSERT_ROWS } from "../storage/batches.ts";
import type { Transaction } from "../storage/database.ts";
import { PromptSetWrong } from "./errors.ts";
import { versionsOf, wholeVersion } from "./store.ts";

/** Columns of an item bound in one insert: few enough rows for both databases. */
const ITEM_ROWS = 200;

interface ToKeep {
  readonly set: string;
  readonly version: VersionToKeep;
  readonly by: string;
}

/**
 * Keeps prompts as the next version of a set, which is made if there is none. A version is frozen: it never changes. Prompts that are
 * those of the latest version make none.
 * @throws PromptSetWrong where a later version comes without a reason, BuildRefused where the prompts are no version
 */
export async function keepVersion(context: Context, { set, version, by }: ToKeep): Promise<VersionKept> {
  requireSound(version.items);
  return context.database.transact((tx) => keepIn(context, tx, { set, version, by }));
}

async function keepIn(context: Context, tx: Transaction, { set, version, by }: ToKeep): Promise<VersionKept> {
  const { items, title, files, recipe, datasheet } = version;
  const at = now(context);
  const setId = await makeSet(tx, { set, title, at });
  const latest = (await versionsOf(tx, setId)).at(-1);
  const hash = hashOfItems(items);
  const { prompts, train, dev, test } = countsOf(items);
  const kept = { set, hash, prompts, train, dev, test };
  if (latest?.hash === hash) return { ...kept, version: latest.version, isNew: false };
  const reason = version.reason?.trim() ?? "";
  if (latest && reason === "")
    throw new PromptSetWrong(
      `${set} has ${latest.version === 1 ? "a version" : `${latest.version} versions`}. Give the reason for another: --reason "…".`,
    );
  const number = (latest?.version ?? 0) + 1;
  const { id } = await tx.db
    .insertInto("prompt_set_version")
    .values({
      ...{ set_id: setId, number, hash, reason, files: JSON.stringify(files), recipe, datasheet },
      ...{ edited: version.edited ? 1 : 0, by_whom: by, frozen_at: at },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await insertItems(tx, { setId, versionId: id, items });
  return { ...kept, version: number, isNew: true };
}

/** The set of this name, locked until the transaction ends, so that two who keep at once get a version each. */
async function makeSet(
  tx: Transaction,
  { set, title, at }: { set: string; title: string | undefined; at: string },
): Promise<number> {
  const values = { name: set, title: title ?? set, created_at: at };
  await tx.db
    .insertInto("prompt_set")
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = tx.db.selectFrom("prompt_set").select("id").where("name", "=", set);
  const { id } = await tx.dialect.lockRows(row).executeTakeFirstOrThrow();
  if (title !== undefined)
    await tx.db.updateTable("prompt_set").set({ title }).where("id", "=", id).execute();
  return id;
}

async function insertItems(
  tx: Transaction,
  { setId, versionId, items }: { setId: number; versionId: number; items: readonly PromptSetItem[] },
): Promise<void> {
  const texts = items.flatMap(({ turns, response }) => [turns, ...(response === null ? [] : [[response]])]);
  const ids = await textIds(tx, setId, texts);
  const idOf = (turns: readonly string[]): number => ids.get(textOf(turns).hash)!;
  const rows = items.map((item, position) => ({
    ...{ version_id: versionId, position, external_id: item.id, split: item.split },
    ...{ text_id: idOf(item.turns), response_id: item.response === null ? null : idOf([item.response]) },
    ...{
      source: item.source,
      group_name: item.group,
      tags: JSON.stringify(item.tags),
      licence: item.licence,
    },
    ...{ url: item.url, attribution: item.attribution, fields: JSON.stringify(item.fields) },
  }));
  for (const some of batchesOf(rows, ITEM_ROWS))
    await tx.db.insertInto("prompt_set_item").values(some).execute();
}

/** Stores the texts that the set does not have yet. @returns the id of each by its hash */
async function textIds(
  tx: Transaction,
  setId: number,
  texts: readonly (readonly string[])[],
): Promise<ReadonlyMap<string, number>> {
  const byHash = new Map(texts.map(textOf).map(({ hash, json }) => [hash, json]));
  const ids = new Map<string, number>();
  for (const some of batchesOf([...byHash], INSERT_ROWS)) {
    await tx.db
      .insertInto("prompt_set_text")
      .values(some.map(([content_hash, turns]) => ({ set_id: setId, content_hash, turns })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const found = await tx.db
      .selectFrom("prompt_set_text")
      .select(["id", "content_hash"])
      .where("set_id", "=", setId)
      .where(
        "content_hash",
        "in",
        some.map(([hash]) => hash),
      )
      .execute();
    for (const { id, content_hash } of found) ids.set(content_hash, id);
  }
  return ids;
}

interface ToDrop {
  readonly set: string;
  readonly prompts: readonly string[];
  readonly reason: string;
  readonly by: string;
}

/** Keeps a version without some prompts of the latest, with who decided so, and why. @throws PromptSetWrong, PromptSetNotFound */
export async function dropPrompts(
  context: Context,
  { set, prompts, reason, by }: ToDrop,
): Promise<VersionKept> {
  return context.database.transact(async (tx) => {
    await tx.dialect.lockRows(tx.db.selectFrom("prompt_set").select("id").where("name", "=", set)).execute();
    const { setId, items, version } = await wholeVersion(tx, set, undefined);
    const ids = new Set(items.map(({ id }) => id));
    const unknown = prompts.filter((id) => !ids.has(id));
    if (unknown.length > 0)
      throw new PromptSetWrong(
        `${set}@${version.version} has no prompt ${unknown.slice(0, 5).join(", ")}. Nothing was dropped.`,
      );
    const dropped = new Set(prompts);
    const left = items.filter(({ id }) => !dropped.has(id));
    if (left.length === 0) throw new PromptSetWrong("No prompt would be left. Nothing was dropped.");
    const { files, recipe, datasheet } = version;
    const edited = version.edited || recipe !== null || datasheet !== null;
    const next = { reason, files, recipe, datasheet, edited, items: left };
    const kept = await keepIn(context, tx, { set, version: next, by });
    const decision = { set_id: setId, version: kept.version, decision: "dropped" as const, reason };
    const rows = [...dropped].map((external_id) => ({
      ...decision,
      external_id,
      by_whom: by,
      decided_at: now(context),
    }));
    for (const some of batchesOf(rows, ITEM_ROWS))
      await tx.db.insertInto("prompt_set_decision").values(some).execute();
    return kept;
  });
}
