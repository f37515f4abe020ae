import { readFacts } from "../analysis/rows/study-structure.ts";
import type { Context } from "../context.ts";
import type { ComparisonQuery, StudyNotes } from "../contract/judged.ts";
import { writtenNotes } from "../studies/written-notes.ts";
import { ComparisonUnclear } from "./errors.ts";
import { systemNamed } from "./system-named.ts";

/** All notes and adjudicated answers of a study, by comparison. @throws StudyNotFound */
export async function studyNotes(
  { database }: Pick<Context, "database">,
  study: string,
): Promise<StudyNotes> {
  return database.read(async (reader) => {
    const facts = await readFacts(reader, study);
    const label = (id: number | null) => facts.systems.find((one) => one.id === id)?.label ?? null;
    const rows = await writtenNotes(reader, facts.study.id);
    return {
      notes: rows.map(({ low, high, better, ...row }) => {
        const systems: [string, string] = [label(low) ?? "", label(high) ?? ""];
        return { ...row, systems, better: label(better) };
      }),
    };
  });
}

/** The same as rows for a file, the header first. */
export const noteRows = ({ notes }: StudyNotes): string[][] => [
  ["prompt_id", "turn", "system", "against", "kind", "better", "text", "by", "written_at"],
  ...notes.map(({ prompt, turn, systems, kind, better, text, by, at }) => {
    const which = kind === "note" ? "" : (better ?? "neither");
    return [prompt, String(turn), ...systems, kind, which, text, by, at];
  }),
];

/** The one comparison that is meant. @throws StudyNotFound, SystemNotFound, ComparisonUnclear where none is, or several are */
export async function comparisonNamed(
  { database }: Pick<Context, "database">,
  study: string,
  query: ComparisonQuery,
): Promise<{ id: number }> {
  return database.read(async (reader) => {
    const facts = await readFacts(reader, study);
    let found = reader.db
      .selectFrom("comparison as c")
      .innerJoin("prompt as p", "p.id", "c.prompt_id")
      .select("c.id")
      .where("p.study_id", "=", facts.study.id)
      .where("p.external_id", "=", query.prompt);
    const { turn } = query;
    if (turn !== undefined) found = found.where("c.turn", "=", turn);
    for (const label of [query.system, query.against]) {
      if (label === undefined) continue;
      const { id } = systemNamed(facts, label);
      found = found.where((e) => e.or([e("c.low_system_id", "=", id), e("c.high_system_id", "=", id)]));
    }
    const rows = await found.limit(2).execute();
    if (rows.length !== 1) throw new ComparisonUnclear(query.prompt, rows.length > 1);
    return rows[0]!;
  });
}
