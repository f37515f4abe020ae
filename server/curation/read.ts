import type { Context } from "../context.ts";
import type { PromptSet, PromptSets, PromptSetUsed, VersionsDiff } from "../contract/prompt-sets.ts";
import { compareItems } from "../prompt-sets/kept/compare.ts";
import { countsOf } from "../prompt-sets/kept/counts.ts";
import type { Exported } from "../prompt-sets/kept/exported.ts";
import type { Reader } from "../storage/database.ts";
import { decisionsOf, requireSet, versionsOf, wholeVersion } from "./store.ts";

/** All sets, by name. */
export async function promptSets(context: Context): Promise<PromptSets> {
  return context.database.read(async (reader) => {
    const rows = await reader.db
      .selectFrom("prompt_set")
      .select(["id", "name", "title"])
      .orderBy("name")
      .execute();
    const sets: PromptSets["sets"] = [];
    for (const { id, name, title } of rows) {
      const versions = await versionsOf(reader, id);
      sets.push({ set: name, title, latest: versions.at(-1)!, versions: versions.length });
    }
    return { sets };
  });
}

/** A set, with what one of its versions holds. @throws PromptSetNotFound, VersionNotFound */
export async function promptSet(context: Context, name: string, version?: number): Promise<PromptSet> {
  return context.database.read(async (reader) => {
    const whole = await wholeVersion(reader, name, version);
    const { edited, datasheet, recipe } = whole.version;
    return {
      ...{ set: whole.set, title: whole.title },
      versions: await versionsOf(reader, whole.setId),
      shown: {
        version: whole.version.version,
        counts: countsOf(whole.items),
        ...{ edited, hasDatasheet: datasheet !== null, hasRecipe: recipe !== null },
      },
      decisions: await decisionsOf(reader, whole.setId, Infinity),
      uses: await usesOf(reader, whole.set),
    };
  });
}

/** The studies that took prompts of a set by its name, as their loads remember. */
async function usesOf({ db }: Reader, set: string): Promise<PromptSet["uses"]> {
  const rows = await db
    .selectFrom("load as l")
    .innerJoin("study as s", "s.id", "l.study_id")
    .select(["s.name as study", "l.prompt_set as used", "l.started_at as at"])
    .select((e) =>
      e
        .selectFrom("prompt_text as t")
        .whereRef("t.load_id", "=", "l.id")
        .select((f) => f.fn.countAll<number>().as("n"))
        .as("prompts"),
    )
    .where("l.prompt_set", "is not", null)
    .where("l.state", "=", "published")
    .orderBy("l.id")
    .execute();
  return rows.flatMap(({ study, used, at, prompts }) => {
    const { set: name, version, split } = JSON.parse(used!) as PromptSetUsed;
    return name === set ? [{ study, version, split, prompts: Number(prompts), at }] : [];
  });
}

/** What differs between two versions. @throws PromptSetNotFound, VersionNotFound */
export async function versionsDiff(
  context: Context,
  set: string,
  { from, to }: { from: number; to: number },
): Promise<VersionsDiff> {
  return context.database.read(async (reader) => {
    const before = await wholeVersion(reader, set, from);
    const after = await wholeVersion(reader, set, to);
    return { set: before.set, from, to, ...compareItems(before.items, after.items) };
  });
}

/** A version as it is exported. @throws PromptSetNotFound, VersionNotFound */
export const versionToExport = (
  context: Context,
  set: string,
  version: number | undefined,
): Promise<Exported> => context.database.read((reader) => wholeVersion(reader, set, version));

/** Deletes a set with all its versions; studies keep what they took. @throws PromptSetNotFound */
export async function deletePromptSet(context: Context, name: string): Promise<void> {
  await context.database.transact(async (tx) => {
    const { id } = await requireSet(tx, name);
    const ofSet = tx.db.selectFrom("prompt_set_version").select("id").where("set_id", "=", id);
    await tx.db.deleteFrom("prompt_set_item").where("version_id", "in", ofSet).execute();
    await tx.db.deleteFrom("prompt_set_decision").where("set_id", "=", id).execute();
    await tx.db.deleteFrom("prompt_set_text").where("set_id", "=", id).execute();
    await tx.db.deleteFrom("prompt_set_version").where("set_id", "=", id).execute();
    await tx.db.deleteFrom("prompt_set").where("id", "=", id).execute();
  });
}
