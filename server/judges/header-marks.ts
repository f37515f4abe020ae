import { scryptSync } from "node:crypto";
import type { Context } from "../context.ts";
import { requireStudy } from "../studies/store.ts";

/** Names of headers that have a key: it may change, as other keys may, and nothing of it is kept. */
const OF_A_KEY =
  /auth|cookie|secret|passw|(?:^|[-_])pass(?:$|[-_])|session|credential|signature|token$|(?:^|[-_])(?:api)?keys?(?:$|[-_])/i;
const ANY_KEY = "key";

const MARK_BYTES = 9;

/**
 * Headers as a judge's setting has them: two values differ where their marks do. The values are not kept, as any of them may be a
 * secret, and a mark is slow to compute, so that trying finds even short ones slowly only. It depends on the study's seed, so that
 * marks of two studies cannot be compared. @throws StudyNotFound
 */
export async function headerMarks(
  { database }: Pick<Context, "database">,
  study: string,
  headers: readonly (readonly [string, string])[],
): Promise<Record<string, string>> {
  if (headers.length === 0) return {};
  const { seed } = await database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    return reader.db.selectFrom("study").select("seed").where("id", "=", id).executeTakeFirstOrThrow();
  });
  const last = new Map(headers); // the one that is sent, where a name comes twice
  return Object.fromEntries([...last].sort().map(([name, value]) => [name, markOf(seed, name, value)]));
}

const markOf = (seed: string, name: string, value: string): string =>
  OF_A_KEY.test(name)
    ? ANY_KEY
    : scryptSync(value, JSON.stringify([seed, name]), MARK_BYTES).toString("base64url");
