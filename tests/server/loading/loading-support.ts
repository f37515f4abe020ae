import { hash } from "node:crypto";
import type { Context } from "../../../server/context.ts";
import type { LoadRequest } from "../../../server/loading/load-sources.ts";
import { loadSources } from "../../../server/loading/load-sources.ts";
import type { LoadRecord, ReadItem } from "../../../server/loading/reading/records.ts";
import type { LoadSource } from "../../../server/loading/source.ts";
import { createStudy } from "../../../server/studies/study.ts";

type Prompt = Extract<LoadRecord, { kind: "prompt" }>;
type Response = Extract<LoadRecord, { kind: "response" }>;
type Judgment = Extract<LoadRecord, { kind: "judgment" }>;

/** A file of these rows; rows are numbered from 1 where they do not say. */
export function fileOf(name: string, items: readonly (LoadRecord | ReadItem)[], rowsAChunk = 3): LoadSource {
  const all = items.map((item): ReadItem => ("kind" in item ? { record: item } : item));
  return {
    name,
    format: "test",
    contentHash: hash("sha256", JSON.stringify([name, items])),
    async *read() {
      for (let i = 0; i < all.length; i += rowsAChunk) yield all.slice(i, i + rowsAChunk);
    },
  };
}

export const prompt = (row: number, promptId: string, ...turns: string[]): Prompt => ({
  kind: "prompt",
  row,
  promptId,
  turns,
  metadata: {},
});

export const response = (row: number, promptId: string, system: string, ...turns: string[]): Response => ({
  kind: "response",
  row,
  promptId,
  promptTurns: null,
  system,
  turns,
  metadata: {},
});

export const judgment = (row: number, over: Partial<Judgment> = {}): Judgment => ({
  kind: "judgment",
  row,
  promptId: "p1",
  promptTurns: null,
  leftSystem: "A",
  rightSystem: "B",
  sideKnown: true,
  choice: "left",
  turn: null,
  annotator: "ann",
  group: null,
  rationale: null,
  createdAt: null,
  judgmentId: null,
  leftTurns: null,
  rightTurns: null,
  metadata: {},
  ...over,
});

/** Two prompts, two systems, all answered. */
export const MATERIAL: readonly LoadRecord[] = [
  prompt(1, "p1", "What is a fish?"),
  prompt(2, "p2", "And a bird?"),
  response(3, "p1", "A", "It swims."),
  response(4, "p1", "B", "It has fins."),
  response(5, "p2", "A", "It flies."),
  response(6, "p2", "B", "It sings."),
];

export async function newStudy(context: Context, name = "s"): Promise<void> {
  await createStudy(context, { name, seed: "seed" });
}

export const load = (
  context: Context,
  sources: LoadSource | readonly LoadSource[],
  over: Partial<LoadRequest> = {},
) => {
  const given = Array.isArray(sources) ? (sources as readonly LoadSource[]) : [sources as LoadSource];
  return loadSources(context, {
    study: "s",
    sources: given,
    dryRun: false,
    skipBad: false,
    yes: false,
    ...over,
  });
};

/** The contents of every table that loading writes, for comparing before with after. */
export async function contents(context: Context): Promise<Record<string, unknown[]>> {
  const tables = [
    ...(["load", "system", "prompt", "prompt_text", "response", "comparison", "annotator_group"] as const),
    ...(["annotator", "assignment", "judgment", "study_change", "slot"] as const),
  ];
  return context.database.read(async ({ db }) => {
    const all: Record<string, unknown[]> = {};
    for (const table of tables) {
      const column = table === "prompt_text" ? "prompt_id" : "id";
      all[table] = await db
        .selectFrom(table)
        .selectAll()
        .orderBy(column as never)
        .execute();
    }
    return all;
  });
}

/** The judgments that count, in words. */
export async function counted(context: Context) {
  return context.database.read(({ db }) =>
    db
      .selectFrom("counted_judgment as c")
      .innerJoin("annotator as a", "a.id", "c.annotator_id")
      .innerJoin("system as l", "l.id", "c.left_system_id")
      .innerJoin("prompt as p", "p.id", "c.prompt_id")
      .select([
        "p.external_id as prompt",
        "a.external_id as annotator",
        "l.name as left",
        "c.choice",
        "c.turn",
      ])
      .orderBy("c.judgment_id")
      .execute(),
  );
}
