import { runRows, rowsStatement } from "./rows.ts";
import type { Scope } from "./scope.ts";

type System = { id: number; name: string };

const byName = rowsStatement<{ studyId: number }, { name: string }, System>({
  fixed: ["studyId"],
  columns: ["name"],
  build: (db, rows, fixed) =>
    db
      .selectFrom("system")
      .select(["id", "name"])
      .where("study_id", "=", fixed.studyId)
      .where(
        "name",
        "in",
        rows.map((row) => row.name),
      ),
});

/** Finds or makes the systems of these names. @returns their ids by name */
export async function storeSystems(scope: Scope, names: Iterable<string>): Promise<Map<string, number>> {
  const { tx, studyId, loadId, known } = scope;
  const all = new Set(names);
  const missing = new Set([...all].filter((name) => !known.systemByName.get(name)));
  const find = async () => {
    const rows = [...missing].map((name) => ({ name }));
    for (const { id, name } of await runRows(tx, byName, { fixed: { studyId }, rows })) {
      known.systemByName.set(name, { id });
      missing.delete(name);
    }
  };
  await find();
  for (const name of missing) {
    await tx.db
      .insertInto("system")
      .values({ study_id: studyId, name, display_name: name, role: "contender", load_id: loadId })
      .onConflict((conflict) => conflict.columns(["study_id", "name"]).doNothing())
      .execute();
  }
  if (missing.size > 0) await find(); // others may have made them in the same moment
  return new Map([...all].map((name) => [name, known.systemByName.get(name)?.id ?? 0]));
}
