import type { PromptSet, PromptSetItem, PromptSetVersion } from "../contract/prompt-sets.ts";
import type { Exported } from "../prompt-sets/kept/exported.ts";
import type { Reader } from "../storage/database.ts";
import { PromptSetNotFound, VersionNotFound } from "./errors.ts";

interface SetRow {
  readonly id: number;
  readonly name: string;
  readonly title: string;
}

async function findSet({ db }: Reader, name: string): Promise<SetRow | undefined> {
  return db
    .selectFrom("prompt_set")
    .select(["id", "name", "title"])
    .where("name", "=", name)
    .executeTakeFirst();
}

/** @throws PromptSetNotFound */
export async function requireSet(reader: Reader, name: string): Promise<SetRow> {
  const found = await findSet(reader, name);
  if (found) return found;
  const all = await reader.db.selectFrom("prompt_set").select("name").orderBy("name").limit(10).execute();
  throw new PromptSetNotFound(
    name,
    all.map((row) => row.name),
  );
}

/** The versions of a set, the first one first. */
export async function versionsOf({ db }: Reader, setId: number): Promise<PromptSetVersion[]> {
  const rows = await db
    .selectFrom("prompt_set_version as v")
    .select(["v.number", "v.frozen_at", "v.by_whom", "v.hash", "v.reason", "v.files"])
    .select((e) =>
      e
        .selectFrom("prompt_set_item as i")
        .whereRef("i.version_id", "=", "v.id")
        .select((f) => f.fn.countAll<number>().as("n"))
        .as("prompts"),
    )
    .where("v.set_id", "=", setId)
    .orderBy("v.number")
    .execute();
  return rows.map(({ number, frozen_at, by_whom, hash, reason, files, prompts }) => ({
    ...{ version: number, frozenAt: frozen_at, by: by_whom, hash, prompts: Number(prompts), reason },
    files: JSON.parse(files) as string[],
  }));
}

/** A version with all its prompts. @param version undefined: the latest @throws PromptSetNotFound, VersionNotFound */
export async function wholeVersion(
  reader: Reader,
  name: string,
  version: number | undefined,
): Promise<Exported & { readonly setId: number }> {
  const set = await requireSet(reader, name);
  const versions = await versionsOf(reader, set.id);
  const latest = versions.at(-1)!;
  const wanted = version ?? latest.version;
  const found = versions.find((one) => one.version === wanted);
  if (!found) throw new VersionNotFound(name, wanted, latest.version);
  const { id, ...more } = await reader.db
    .selectFrom("prompt_set_version")
    .select(["id", "recipe", "datasheet", "edited"])
    .where("set_id", "=", set.id)
    .where("number", "=", wanted)
    .executeTakeFirstOrThrow();
  return {
    ...{ setId: set.id, set: set.name, title: set.title },
    version: { ...found, ...more, edited: more.edited === 1 },
    decisions: await decisionsOf(reader, set.id, wanted),
    items: await itemsOf(reader, id),
  };
}

/** What people decided about prompts of a set, up to a version, the first one first. */
export async function decisionsOf(
  { db }: Reader,
  setId: number,
  upTo: number,
): Promise<PromptSet["decisions"]> {
  const rows = await db
    .selectFrom("prompt_set_decision")
    .select(["version", "external_id as prompt", "decision", "reason", "by_whom as by", "decided_at as at"])
    .where("set_id", "=", setId)
    .orderBy("id")
    .execute();
  return rows.filter(({ version }) => version <= upTo);
}

async function itemsOf({ db }: Reader, versionId: number): Promise<PromptSetItem[]> {
  const rows = await db
    .selectFrom("prompt_set_item as i")
    .innerJoin("prompt_set_text as t", "t.id", "i.text_id")
    .leftJoin("prompt_set_text as r", "r.id", "i.response_id")
    .select(["i.external_id as id", "i.split", "i.source", "i.group_name as group", "i.tags", "i.licence"])
    .select(["i.url", "i.attribution", "i.fields", "t.turns", "r.turns as response"])
    .where("i.version_id", "=", versionId)
    .orderBy("i.position")
    .execute();
  return rows.map(({ tags, fields, turns, response, ...row }) => ({
    ...row,
    turns: JSON.parse(turns) as string[],
    response: response === null ? null : (JSON.parse(response) as string[])[0]!,
    tags: JSON.parse(tags) as string[],
    fields: JSON.parse(fields) as Record<string, unknown>,
  }));
}
