import { type ModelCalls, modelCallsSchema } from "../../../contract/model-calls.ts";
import type { Origin } from "../../../contract/words.ts";
import { type Fields, restOf } from "../field-map.ts";
import { unpacked } from "../paths.ts";
import { type JudgmentRecord, type Metadata, RowFault } from "../records.ts";
import { booleanIn, optionalText, shown } from "../values.ts";

/** Columns that stand together only in what this program exported. */
const TELLING = ["side_known", "status", "origin", "purpose"];
const OWN = new Set([...TELLING, "excluded_by", "headline", "model_calls", "metadata"]);

/** Whether a row is of what this program exported: then an annotator without a name is one on purpose. */
export const isOwnExport = (row: Fields): boolean => TELLING.every((name) => row[name] !== undefined);

type OwnFields = Pick<
  JudgmentRecord,
  "sideKnown" | "origin" | "outside" | "excludedBy" | "headline" | "modelCalls" | "metadata"
>;

/**
 * What an exported judgment says besides what any other does, so that it gives the same report again.
 * @param rest the fields of the row that have no other meaning
 * @returns nothing where the row is of another program: then these names are metadata like others
 */
export function ownFields(row: Fields, rest: Metadata): Partial<OwnFields> {
  if (!isOwnExport(row)) return {};
  return {
    sideKnown: booleanIn(row, "side_known") ?? true,
    origin: ORIGINS.get(String(row.origin)) ?? null,
    outside: OUTSIDE.get(String(row.status)) ?? null,
    excludedBy: optionalText(row, "excluded_by"),
    headline: booleanIn(row, "headline"),
    modelCalls: callsIn(row, "model_calls"),
    metadata: { ...nestedMetadata(row.metadata), ...restOf(withoutNothing(rest), OWN) },
  };
}

/** Judgments that were handed out elsewhere are loaded here; what nobody judged stays marked. */
const ORIGINS: ReadonlyMap<string, Origin> = new Map<string, Origin>([
  ["simulated", "simulated"],
  ["reconstructed", "reconstructed"],
]);

/** Repeats and a model's other order are found out anew; these cannot be. */
const OUTSIDE = new Map<string, "surplus" | "check" | "practice" | "unloaded" | "corrected">([
  ["surplus", "surplus"],
  ["check", "check"],
  ["practice", "practice"],
  ["unloaded", "unloaded"],
  ["corrected", "corrected"],
]);

/** What an export says of a model's calls, in CSV as JSON. */
function callsIn(row: Fields, field: string): ModelCalls | null {
  const value = row[field];
  if (value === undefined || value === null || value === "") return null;
  const read = modelCallsSchema.safeParse(unpacked(value));
  if (read.success) return read.data;
  const advice = "Export the judgments again, or leave the column out.";
  throw new RowFault("ModelCallsWrong", `${field} is not as an export writes it. ${advice}`, field);
}

/** An object, or in CSV its JSON. */
function nestedMetadata(value: unknown): Metadata {
  if (value === undefined || value === null || value === "") return {};
  const given = unpacked(value);
  if (typeof given === "object" && given !== null && !Array.isArray(given))
    return restOf(given as Fields, new Set());
  throw new RowFault("TextNotText", `metadata is ${shown(value)}, which is no JSON object.`, "metadata");
}

/** An export has every column in every row: what has no value says nothing. */
const withoutNothing = (rest: Metadata): Metadata =>
  Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== ""));
