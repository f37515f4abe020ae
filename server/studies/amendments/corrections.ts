import { hash } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { type Context, now } from "../../context.ts";
import type { AmendmentChange } from "../../contract/amendment-plan.ts";
import type { CorrectedResponse } from "../../contract/amendments.ts";
import type { Reader, Transaction } from "../../storage/database.ts";
import { askModelsAgain } from "./ask-models.ts";

/** A response and the text that it is to have. */
export interface Correction {
  readonly responseId: number;
  readonly promptId: number;
  readonly systemId: number;
  readonly turns: string;
  readonly before: { readonly turns: string; readonly hash: string };
}

interface Corrections {
  readonly corrections: readonly Correction[];
  readonly changes: readonly AmendmentChange[];
  readonly refused: readonly string[];
}

const EXAMPLES = 3;

/** The responses of which a file has another text; those that have it already are left alone. */
export async function correctionsIn(
  { db }: Reader,
  { studyId, responses }: { studyId: number; responses: readonly CorrectedResponse[] },
): Promise<Corrections> {
  const corrections: Correction[] = [];
  const bySystem = new Map<string, string[]>();
  const faults = {
    missing: [] as string[],
    turns: [] as string[],
    masked: [] as string[],
    twice: [] as string[],
  };
  const seen = new Set<number>();
  for (const { prompt, system, output } of responses) {
    const name = `${prompt} of ${system}`;
    const row = await db
      .selectFrom("response as r")
      .innerJoin("prompt as p", "p.id", "r.prompt_id")
      .innerJoin("system as s", "s.id", "r.system_id")
      .innerJoin("load as l", "l.id", "r.load_id")
      .leftJoin("masked_response as m", "m.response_id", "r.id")
      .select(["r.id", "r.prompt_id", "r.system_id", "r.turns", "r.turn_count", "r.content_hash"])
      .select("m.response_id as masked")
      .where("p.study_id", "=", studyId)
      .where("p.external_id", "=", prompt)
      .where("s.study_id", "=", studyId)
      .where("s.name", "=", system)
      .where("l.state", "=", "published")
      .executeTakeFirst();
    const texts = typeof output === "string" ? [output] : output;
    if (!row) faults.missing.push(name);
    else if (row.turn_count !== texts.length) faults.turns.push(name);
    else if (row.masked !== null) faults.masked.push(name);
    else if (seen.has(row.id)) faults.twice.push(name);
    if (!row) continue;
    seen.add(row.id);
    const turns = JSON.stringify(texts);
    if (turns === row.turns) continue;
    const before = { turns: row.turns, hash: row.content_hash };
    corrections.push({ responseId: row.id, promptId: row.prompt_id, systemId: row.system_id, turns, before });
    bySystem.set(system, [...(bySystem.get(system) ?? []), prompt]);
  }
  return {
    corrections,
    changes: [...bySystem].map(([system, prompts]) => ({ kind: "responses", system, prompts })),
    refused: [
      ...fault(faults.missing, "There is no response to correct"),
      ...fault(faults.turns, "The number of turns is another one"),
      ...fault(faults.masked, "The text is masked after the blinding audit"),
      ...fault(faults.twice, "A response is given twice"),
    ],
  };
}

const fault = (names: readonly string[], what: string): string[] =>
  names.length === 0
    ? []
    : [
        `${what}: ${names.slice(0, EXAMPLES).join("; ")}${names.length > EXAMPLES ? `, and ${names.length - EXAMPLES} more` : ""}.`,
      ];

/** A query of the ids of the comparisons that show one of these responses. */
export function comparisonsOf(corrections: readonly Correction[]): RawBuilder<unknown> {
  if (corrections.length === 0) return sql`(select id from comparison where 1 = 0)`;
  return sql`(select c.id from comparison c join response r on r.prompt_id = c.prompt_id
    and (r.system_id = c.low_system_id or r.system_id = c.high_system_id)
    where r.id in (${sql.join(corrections.map(({ responseId }) => sql.lit(responseId)))}))`;
}

/**
 * Gives responses another text. The earlier ones are kept; whoever was shown one keeps their judgment, which is in no figure any more, and
 * its place is free for somebody who has not had the pair, or for the same model. Pairs that annotators hold end: what they still send is
 * of the earlier text. The study must be locked in this transaction.
 */
export async function correct(
  context: Context,
  tx: Transaction,
  { corrections, revision }: { corrections: readonly Correction[]; revision: number },
): Promise<void> {
  const { db } = tx;
  const at = now(context);
  if (corrections.length === 0) return;
  for (const { responseId, turns, before } of corrections) {
    const kept = { response_id: responseId, revision, turns: before.turns, content_hash: before.hash };
    await db.insertInto("corrected_response").values(kept).execute();
    const blank = (JSON.parse(turns) as string[]).every((text) => text.trim() === "") ? 1 : 0;
    await db
      .updateTable("response")
      .set({ turns, content_hash: hash("sha256", turns), blank })
      .where("id", "=", responseId)
      .execute();
  }
  const affected = comparisonsOf(corrections);
  const putOpen = await askModelsAgain(context, tx, { affected, revision, at });
  await sql`update slot set counted_assignment_id = null
    where counted_assignment_id is not null and comparison_id in ${affected}`.execute(db);
  await sql`update assignment set ended_at = ${at}, ended_how = 'returned'
    where ended_at is null and purpose in ('main', 'shared', 'repeat') and comparison_id in ${affected}`.execute(
    db,
  );
  await sql`update assignment set purpose = 'corrected', slot_id = null
    where purpose in ('main', 'shared', 'repeat', 'surplus') and comparison_id in ${affected}`.execute(db);
  await putOpen();
}
