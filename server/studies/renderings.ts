import { sql } from "kysely";
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

const TEXTS_PER_BATCH = 100;

/**
 * Renders every published text that has no rendering yet, so that handing out never waits for it and its
 * timing tells nothing. Short transactions; safe to repeat and to run twice at once.
 * @param options.onProgress called after each batch with the texts rendered, and those that had no rendering at first
 * @returns how many texts were rendered
 */
export async function renderTexts(
  context: Context,
  renderer: TurnsRenderer,
  options: { onProgress?: (rendered: number, of: number) => void; stopped?: () => boolean } = {},
): Promise<number> {
  const { version } = renderer;
  const of = options.onProgress
    ? await context.database.read((reader) => countUnrendered(reader, version))
    : 0;
  let rendered = 0;
  for (const texts of TEXTS) {
    for (let after = 0; !options.stopped?.();) {
      const page = { version, after };
      const batch = await context.database.read((reader) => unrenderedTexts(reader, texts, page));
      if (batch.length === 0) break;
      await renderBatch(context, renderer, batch);
      after = batch.at(-1)?.id ?? after;
      rendered += batch.length;
      options.onProgress?.(rendered, of);
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
  for (const batch of batchesOf(rows, TEXTS_PER_BATCH)) {
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

/** Where texts are kept, and by what they are gone through. */
const TEXTS = [
  { table: "prompt_text", id: "prompt_id" },
  { table: "response", id: "id" },
] as const;

const withoutRendering = ({ table, id }: (typeof TEXTS)[number], version: string, after: number) => sql`
  from ${sql.table(table)} as t
  join load as l on l.id = t.load_id
  left join rendering as r on r.content_hash = t.content_hash and r.version = ${version}
  where t.${sql.ref(id)} > ${after} and l.state = 'published' and r.content_hash is null`;

async function unrenderedTexts(
  { db }: Reader,
  texts: (typeof TEXTS)[number],
  { version, after }: { version: string; after: number },
): Promise<Unrendered[]> {
  const { rows } = await sql<Unrendered>`
    select t.${sql.ref(texts.id)} as id, t.content_hash as hash, t.turns
    ${withoutRendering(texts, version, after)}
    order by t.${sql.ref(texts.id)} limit ${sql.lit(TEXTS_PER_BATCH)}`.execute(db);
  return rows;
}

async function countUnrendered({ db }: Reader, version: string): Promise<number> {
  let all = 0;
  for (const texts of TEXTS) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n ${withoutRendering(texts, version, 0)}`.execute(db);
    all += Number(rows[0]?.n ?? 0);
  }
  return all;
}
