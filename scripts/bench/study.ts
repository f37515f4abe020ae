import { randomBytes } from "node:crypto";
import type { Context } from "../../server/context.ts";
import { migrate } from "../../server/storage/migrate.ts";
import { openDatabase } from "../../server/storage/open.ts";
import { RENDERER_VERSION } from "../../server/rendering/renderer-version.ts";
import { renderText } from "../../server/rendering/render-text.ts";
import { renderTexts } from "../../server/studies/renderings.ts";
import { openStudy } from "../../tests/support/study.ts";

/** A context on a database file, made where it does not exist. */
export async function benchContext(file: string): Promise<Context> {
  const database = openDatabase(file);
  await migrate(database, { say: () => undefined, stamp: "bench" });
  return { database, clock: () => new Date(), randomBytes };
}

/** A database file with an open study of `prompts` × 5 comparisons and 50 annotators. @returns their tokens */
export async function makeStudyFile(file: string, prompts: number): Promise<string[]> {
  const context = await benchContext(file);
  const { tokens } = await openStudy(context, { prompts, baselines: 5, annotators: 50 });
  const render = async (texts: string[]) => texts.map((text) => renderText(text));
  await renderTexts(context, { version: RENDERER_VERSION, render });
  await context.database.close();
  return tokens;
}
