import type { Choice } from "../../../contract/words.ts";
import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, RowNote } from "../records.ts";
import { nameIn, optionalText, shown, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { type Given, judgmentOf } from "./verdict.ts";

const JUDGE = { annotatorElse: "wildbench-judge", models: "surely" } as const;
const PAIRWISE = judgmentFields(
  [
    ...["session_id", "last_query", "model_output", "generator", "ref_output", "ref_generator"],
    ...["assignment", "result", "parsed_result", "parsed", "error"],
  ],
  { ...JUDGE, annotator: "eval_model" },
);
const RESULTS = judgmentFields(
  ["session_id", "model_a", "model_b", "winner", "extent", "model_outputs", "parsed_result"],
  JUDGE,
);

/** A++ and B++ are “much better”. */
const CHOICES: ReadonlyMap<unknown, { choice: Choice; strength: number }> = new Map<
  unknown,
  { choice: Choice; strength: number }
>([
  ["A++", { choice: "left", strength: 2 }],
  ["A+", { choice: "left", strength: 1 }],
  ["A=B", { choice: "tie", strength: 0 }],
  ["B+", { choice: "right", strength: 1 }],
  ["B++", { choice: "right", strength: 2 }],
]);

const FAILED = new RowNote("VerdictMissing", "The judge's reply could not be read, and is no judgment.");

/**
 * WildBench's pairwise judgments of a model, as its own evaluation writes them: `assignment` says which of the two was
 * shown as A, on the left. A row whose judge failed (`error`, or no choice) is counted, and is no judgment.
 */
export function readWildbenchPair(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const reply = objectIn(row.parsed_result);
  const chosen = CHOICES.get(reply.choice);
  if (!chosen) {
    if (isFailure(reply.choice)) return [FAILED];
    const what = `parsed_result.choice is ${shown(reply.choice)}; it is A++, A+, A=B, B+ or B++.`;
    throw new RowFault("ChoiceUnknown", what, "parsed_result");
  }
  const { A: left } = objectIn(row.assignment);
  const [own, other] = [nameIn(row, "generator"), nameIn(row, "ref_generator")];
  if (left !== own && left !== other) {
    const what = `assignment says that A is ${shown(left)}, which is neither ${own} nor ${other}.`;
    throw new RowFault("FieldMissing", what, "assignment");
  }
  const texts = [[outputIn(row, "model_output")], [outputIn(row, "ref_output")]] as const;
  const isOwnLeft = left === own;
  return [
    judgmentOf({ row, at, options }, PAIRWISE, {
      ...{ promptId: nameIn(row, "session_id"), ...chosen, sideKnown: true },
      systems: isOwnLeft ? [own, other] : [other, own],
      texts: isOwnLeft ? texts : [texts[1], texts[0]],
      ...reasonOf(reply),
    }),
  ];
}

/**
 * WildBench's published results: the winner by name, and by how much (0, 1 or 2). `model_A` is `model_a` here, as names of
 * columns are read. Their prompts are in its outputs.
 */
export function readWildbenchResult(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const systems = [nameIn(row, "model_a"), nameIn(row, "model_b")] as const;
  const { winner, extent } = row;
  const isTie = winner === "tie" || winner === "Tie";
  if (!isTie && winner !== systems[0] && winner !== systems[1]) {
    if (isFailure(winner)) return [FAILED];
    const what = `winner is ${shown(winner)}, neither ${systems[0]}, ${systems[1]} nor tie.`;
    throw new RowFault("ChoiceUnknown", what, "winner");
  }
  const outputs = objectIn(row.model_outputs);
  const texts = systems.map((system) => outputs[system]);
  const [left, right] = texts;
  const reply = objectIn(row.parsed_result);
  const given: Given = { row, at, options };
  return [
    judgmentOf(given, RESULTS, {
      ...{ promptId: nameIn(row, "session_id"), systems, sideKnown: true },
      choice: isTie ? "tie" : winner === systems[0] ? "left" : "right",
      strength: typeof extent === "number" ? extent : null,
      ...(typeof left === "string" && typeof right === "string" ? { texts: [[left], [right]] as const } : {}),
      ...reasonOf(reply),
    }),
  ];
}

const isFailure = (choice: unknown): boolean =>
  choice === undefined || choice === null || choice === "" || choice === "N/A";

const objectIn = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** One output, by itself or in a list of one. */
const outputIn = (row: Fields, field: string): string => {
  const value = row[field];
  return Array.isArray(value) && value.length === 1
    ? textIn({ [field]: value[0] as unknown }, field)
    : textIn(row, field);
};

/** Why the judge chose so, and what else it said. */
function reasonOf(reply: Fields) {
  const said = restOf(reply, new Set(["choice"]));
  const rationale = typeof said.reason === "string" ? optionalText(said, "reason") : null;
  return { rationale, metadata: Object.keys(said).length > 0 ? { parsed_result: said } : {} };
}
