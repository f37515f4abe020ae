import { type Fields, setField } from "./column-source.ts";

/** The names of columns that mean something in some format; they are understood in capitals and with blanks around them. */
const KNOWN: ReadonlySet<string> = new Set(
  [
    "prompt_id prompt system output source split turn left_system right_system choice system_a system_b winner",
    "left_output right_output output_a output_b side_known expected_choice expected_winner annotator group group_kind",
    "strength rationale created_at judgment_id instruction input generator output_1 output_2 generator_1 generator_2",
    "preference question_id turns text choices model_id answer_id model_a model_b judge tstamp conversation_a",
    "conversation_b model_1 model_2 g1_winner g2_winner uid model messages games baseline conversations generated_text",
  ].flatMap((line) => line.split(" ")),
);

/**
 * Gives columns the names that they are known by: ` Output ` is `output`, and ` ours` the study's system, as long as the row
 * has no other column of that name.
 */
export function canonicalNames(systems: readonly string[]): (row: Fields) => Fields {
  const known = new Map<string, string | null>();
  const nameOf = (name: string): string | null => {
    const trimmed = name.trim();
    if (KNOWN.has(name) || systems.includes(name)) return null;
    if (systems.includes(trimmed)) return trimmed;
    const plain = trimmed.toLowerCase();
    return KNOWN.has(plain) ? plain : null;
  };
  return (row) => {
    const names = Object.keys(row);
    const wanted = names.map((name) => {
      let better = known.get(name);
      if (better === undefined) known.set(name, (better = nameOf(name)));
      return better;
    });
    if (wanted.every((name) => name === null)) return row;
    const renamed: Fields = {};
    names.forEach((name, i) => {
      const better = wanted[i] ?? null;
      const isFree = better !== null && !Object.hasOwn(row, better) && wanted.indexOf(better) === i;
      setField(renamed, isFree ? better : name, row[name]);
    });
    return renamed;
  };
}
