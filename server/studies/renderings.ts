import type { Context } from "../context.ts";
import { batchesOf } from "../storage/batches.ts";
import type { Reader } from "../storage/database.ts";

interface TurnsRenderer {
  readonly version: string;
  render(texts: string[]): Promise<string[]>;
}

interface Unrendered {
  readonly id: number;
  readonly hash: string;
  readonly turns: string;
}

const TEXTS_A_BATCH = 100;

/**
 * Renders every published text that has no rendering yet, so that handing out never waits for it and its
 * timing tells nothing. Short transactions; safe to repeat and to run twice at once.
 * @returns how many texts were rendered
 */
export async function renderTexts(
  context: Context,
  renderer: TurnsRenderer,
  options: { onProgress?: (rendered: number) => void; stopped?: () => boolean } = {},
): Promise<number> {
  let rendered = 0;
  for (const page of [unrenderedPrompts, unrenderedResponses]) {
    for (let after = 0; !options.stopped?.();) {
      const from = after;
      const texts = await context.database.read((reader) => page(reader, renderer.version, from));
      if (texts.length === 0) break;
      await renderBatch(context, renderer, texts);
      after = texts.at(-1)?.id ?? after;
      rendered += texts.length;
      options.onProgress?.(rendered);
    }
  }
  return rendered;
}

async function renderBatch(
  context: Context,
  renderer: TurnsRenderer,
  texts: readonly Unrendered[],
): Promise<void> {
  const unique = [...new Map(texts.map((text) => [text.hash, text])).values()];
  const turns = unique.map((text) => JSON.parse(text.turns) as string[]);
  const html = await renderer.render(turns.flat());
  let at = 0;
  const rows = unique.map((text, i) => {
    const count = turns[i]?.length ?? 0;
    const own = html.slice(at, at + count);
    at += count;
    return { content_hash: text.hash, version: renderer.version, html: JSON.stringify(own) };
  });
  for (const batch of batchesOf(rows, TEXTS_A_BATCH)) {
    await context.database.transact(({ db }) =>
      db
        .insertInto("rendering")
        .values(batch)
        .onConflict((conflict) =>
          conflict.column("content_hash").doUpdateSet((e) => ({
            version: e.ref("excluded.version"),
            html: e.ref("excluded.html"),
          })),
        )
        .execute(),
    );
  }
}

async function unrenderedPrompts({ db }: Reader, version: string, after: number): Promise<Unrendered[]> {
  return db
    .selectFrom("prompt_text as t")
    .innerJoin("load as l", "l.id", "t.load_id")
    .leftJoin("rendering as r", (join) =>
      join.onRef("r.content_hash", "=", "t.content_hash").on("r.version", "=", version),
    )
    .select(["t.prompt_id as id", "t.content_hash as hash", "t.turns"])
    .where("t.prompt_id", ">", after)
    .where("l.state", "=", "published")
    .where("r.content_hash", "is", null)
    .orderBy("t.prompt_id")
    .limit(TEXTS_A_BATCH)
    .execute();
}

async function unrenderedResponses({ db }: Reader, version: string, after: number): Promise<Unrendered[]> {
  return db
    .selectFrom("response as t")
    .innerJoin("load as l", "l.id", "t.load_id")
    .leftJoin("rendering as r", (join) =>
      join.onRef("r.content_hash", "=", "t.content_hash").on("r.version", "=", version),
    )
    .select(["t.id", "t.content_hash as hash", "t.turns"])
    .where("t.id", ">", after)
    .where("l.state", "=", "published")
    .where("r.content_hash", "is", null)
    .orderBy("t.id")
    .limit(TEXTS_A_BATCH)
    .execute();
}
