import type { Context } from "../../server/context.ts";
import { hashToken } from "../../server/studies/keys.ts";

/** Material whose texts say nothing of where they are from, under names that a test will look for. */
export async function addBlindMaterial(
  context: Context,
  given: { study: string; systems: readonly string[]; prompt: string; file: string; prompts: number },
): Promise<void> {
  await context.database.transact(async ({ db }) => {
    const study = await db
      .selectFrom("study")
      .select("id")
      .where("name", "=", given.study)
      .executeTakeFirstOrThrow();
    const common = { study_id: study.id };
    const load = { ...common, state: "published" as const, file_name: given.file, content_hash: given.file };
    const times = { report: null, started_at: "2026", heartbeat_at: "2026", ended_at: "2026" };
    const { id: loadId } = await db
      .insertInto("load")
      .values({ ...load, ...times })
      .returning("id")
      .executeTakeFirstOrThrow();
    const systems: number[] = [];
    for (const name of given.systems) {
      const row = { ...common, name, display_name: name, role: "contender" as const, load_id: loadId };
      systems.push((await db.insertInto("system").values(row).returning("id").executeTakeFirstOrThrow()).id);
    }
    for (let i = 0; i < given.prompts; i++) {
      const row = { ...common, external_id: `${given.prompt}${i}`, load_id: loadId };
      const { id } = await db.insertInto("prompt").values(row).returning("id").executeTakeFirstOrThrow();
      const turns = JSON.stringify([`Question number ${i}?`]);
      const text = { ...common, prompt_id: id, turns, content_hash: hashToken(turns), load_id: loadId };
      await db
        .insertInto("prompt_text")
        .values({ ...text, metadata: JSON.stringify({ source: given.prompt }) })
        .execute();
      for (const [at, systemId] of systems.entries()) {
        const answer = JSON.stringify([`Answer ${["one", "two"][at]} to number ${i}.`]);
        const place = { prompt_id: id, system_id: systemId, turns: answer, turn_count: 1, blank: 0 };
        const rest = { content_hash: hashToken(answer), metadata: "{}", load_id: loadId };
        await db
          .insertInto("response")
          .values({ ...place, ...rest })
          .execute();
      }
    }
  });
}
