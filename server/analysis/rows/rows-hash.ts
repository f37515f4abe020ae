import { createHash } from "node:crypto";
import { isHeadline } from "../../report-document/headline.ts";
import type { JudgmentRows } from "./judgment-columns.ts";
import type { RePresentations } from "./re-presentations.ts";
import type { StudyFacts } from "./study-structure.ts";

/** The judgments of a study, and what they are about. */
export interface Identified {
  readonly facts: Pick<StudyFacts, "systems" | "groups">;
  readonly rows: JudgmentRows;
  readonly prompts: readonly { readonly id: number }[];
  readonly annotators: readonly { readonly id: number }[];
}

/** The ids of a study's prompts, systems and annotators by their codes. */
interface RowIds {
  readonly prompts: readonly number[];
  readonly systems: readonly number[];
  readonly annotators: readonly number[];
}

export const rowIdsOf = ({ prompts, facts, annotators }: Omit<Identified, "rows">): RowIds => {
  const idOf = ({ id }: { readonly id: number }) => id;
  return { prompts: prompts.map(idOf), systems: facts.systems.map(idOf), annotators: annotators.map(idOf) };
};

/**
 * The places of rows in an order that hangs on ids and not on names, as that of the rows does: by prompt, turn, systems and
 * annotator, of which there is one row each.
 */
export function orderById(rows: JudgmentRows, ids: RowIds): Int32Array {
  const lower = (i: number) => Math.min(ids.systems[rows.low[i]!]!, ids.systems[rows.high[i]!]!);
  const higher = (i: number) => Math.max(ids.systems[rows.low[i]!]!, ids.systems[rows.high[i]!]!);
  return Int32Array.from({ length: rows.count }, (_, i) => i).sort(
    (a, b) =>
      ids.prompts[rows.prompt[a]!]! - ids.prompts[rows.prompt[b]!]! ||
      rows.turn[a]! - rows.turn[b]! ||
      lower(a) - lower(b) ||
      higher(a) - higher(b) ||
      ids.annotators[rows.annotator[a]!]! - ids.annotators[rows.annotator[b]!]!,
  );
}

/** A SHA-256 of numbers, in hexadecimal: column after column, one number for each place of `order`. */
function columnsHash(order: Int32Array, columns: readonly ((at: number) => number)[]): string {
  const hash = createHash("sha256");
  const numbers = new Float64Array(order.length);
  for (const column of columns) {
    order.forEach((at, place) => (numbers[place] = column(at)));
    hash.update(new Uint8Array(numbers.buffer));
  }
  return hash.digest("hex");
}

/** What was said of what by whom, on which side. */
export function saidHash(rows: JudgmentRows, order: Int32Array, ids: RowIds): string {
  return columnsHash(order, [
    (i) => ids.prompts[rows.prompt[i]!]!,
    (i) => rows.turn[i]!,
    (i) => ids.systems[rows.low[i]!]! + ids.systems[rows.high[i]!]!,
    (i) => ids.systems[rows.left[i]!]!,
    (i) => ids.annotators[rows.annotator[i]!]!,
    (i) => rows.choice[i]!,
    (i) => rows.origin[i]!,
    (i) => rows.sideKnown[i]!,
  ]);
}

/** When it was said, and how long that took. */
export const timesHash = (rows: JudgmentRows, order: Int32Array): string =>
  columnsHash(order, [(i) => rows.at[i]!, (i) => rows.activeMs[i]!]);

/** What models said when they were asked again; `order` is that of the rows. */
export function againHash({ again }: { again: RePresentations }, order: Int32Array, ids: RowIds): string {
  const places = new Int32Array(order.length);
  order.forEach((at, place) => (places[at] = place));
  const said = Int32Array.from({ length: again.count }, (_, i) => i).sort(
    (a, b) => places[again.row[a]!]! - places[again.row[b]!]! || a - b,
  );
  return columnsHash(said, [
    (i) => places[again.row[i]!]!,
    (i) => again.isOtherOrder[i]!,
    (i) => ids.systems[again.left[i]!]!,
    (i) => again.choice[i]!,
    (i) => again.first[i]!,
  ]);
}

/**
 * A SHA-256, in hexadecimal, of the judgments that the plan of a study is about: those of the headline's people, or all where
 * there are none. Names are no part of it.
 */
export function plannedHash(given: Identified): string {
  const { facts, rows } = given;
  const ids = rowIdsOf(given);
  const isAll = !facts.groups.some(isHeadline);
  const isPlanned = facts.groups.map((group) => isAll || isHeadline(group));
  return saidHash(
    rows,
    orderById(rows, ids).filter((i) => isPlanned[rows.group[i]!]),
    ids,
  );
}
