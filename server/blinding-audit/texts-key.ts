import { hash } from "node:crypto";
import type { Reader } from "../storage/database.ts";
import { currentProtocol } from "../studies/store.ts";

/** Changes of a study after which its texts, or whose they are, may be others. */
const KINDS = ["unload", "rename"];

/**
 * What an audit depends on, as a hash: loads, names, pairs, and which responses are masked. Another key: the audit is stale.
 */
export async function textsKey(reader: Reader, studyId: number): Promise<string> {
  const { db } = reader;
  const loads = await db
    .selectFrom("load")
    .select("id")
    .where("study_id", "=", studyId)
    .where("state", "=", "published")
    .orderBy("id")
    .execute();
  const systems = await db
    .selectFrom("system")
    .select(["id", "name", "display_name"])
    .where("study_id", "=", studyId)
    .orderBy("id")
    .execute();
  const change = await db
    .selectFrom("study_change")
    .select((e) => e.fn.max("id").as("latest"))
    .where("study_id", "=", studyId)
    .where("kind", "in", KINDS)
    .executeTakeFirst();
  const masks = await db
    .selectFrom("blinding_decision")
    .select(["kind", "system_id", "choice"])
    .where("study_id", "=", studyId)
    .orderBy("id")
    .execute();
  const { protocol } = await currentProtocol(reader, studyId);
  const inForce = new Map(masks.map((one) => [`${one.kind}:${one.system_id}`, one.choice]));
  const masked = [...inForce].flatMap(([finding, choice]) => (choice === "mask" ? [finding] : [])).sort();
  const key = [loads, systems, change?.latest ?? null, masked, protocol.pairs];
  return hash("sha256", JSON.stringify(key));
}
