import type { Estimate } from "../../contract/report-estimates.ts";
import type { Slices } from "../../contract/report-effects.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { byPromptInterval } from "../../statistics/intervals/by-prompt-mean.ts";
import { quarterOf, quartersOf } from "../../statistics/quarters.ts";
import { type Cell, cellOf } from "../rows/cell.ts";
import { compareCodeUnits } from "../rows/dense-ids.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { type ListedPair, listPairs, PairRanges } from "../rows/pair-list.ts";
import type { StudyData } from "../rows/study-data.ts";
import { peopleGroups } from "../rows/study-structure.ts";
import { lengthPart, PROMPT_LENGTH } from "../rows/prompt-parts.ts";
import type { PromptFields } from "./read-prompt-fields.ts";
import { pick } from "../rows/gather.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import { withCount } from "../rows/with-count.ts";

/** An interval over fewer prompts would be taken for more than it is. */
const PROMPTS_MIN = 10;
const VALUES_MAX = 50;
const SLICES_MAX = 10_000;

/** A field whose values are in the order of the report. */
interface Cut {
  readonly field: string;
  readonly values: readonly string[];
  /** By a prompt's code the place of its value; −1 where it has none. */
  readonly codes: Int32Array;
}

/**
 * The half-tie rate by prompt of each pair on part of the prompts: by what files say of them and by their length, in
 * four parts. All people of the headline. Fields with a single value are left out; those with more than 50 are named.
 */
export function slicesOf(data: StudyData, fields: PromptFields): Slices {
  const inGroups = peopleGroups(data.facts);
  const judged = judgedPrompts(data.rows, inGroups);
  const cuts = [...fields.fields.map((field) => cutOf(field, judged)), lengthCut(fields.lengths, judged)];
  const ranges = new PairRanges(data.rows);
  const cells = listPairs(data.facts, ranges).flatMap((pair) => {
    const cell = cellOf(data.rows, { ...ranges.of(pair), system: pair.system.code ?? -1, inGroups });
    return cell.judgments > 0 ? [{ pair, cell }] : [];
  });
  return cuts
    .filter(({ values }) => values.length > 1)
    .map((cut) => {
      const prompts = judged.filter((prompt) => cut.codes[prompt]! >= 0).length;
      const why = whyNotSliced(cut, cells.length);
      const named = { field: cut.field, values: cut.values.length, prompts };
      if (why !== null) return { ...named, notSliced: why, slices: [] };
      const byPair = cells.map(({ pair, cell }) => sliceCell(pair, cell, cut));
      return { ...named, slices: cut.values.flatMap((_, v) => byPair.flatMap((slices) => slices[v] ?? [])) };
    });
}

function judgedPrompts(rows: JudgmentRows, inGroups: (group: number) => boolean): Int32Array {
  const judged = new Set<number>();
  for (let i = 0; i < rows.count; i++) if (inGroups(rows.group[i]!)) judged.add(rows.prompt[i]!);
  return Int32Array.from(judged).sort();
}

/** Only values that judged prompts have, in code-unit order. */
function cutOf({ name, values, codes }: PromptFields["fields"][number], judged: Int32Array): Cut {
  const used = new Set<number>();
  for (const prompt of judged) if (codes[prompt]! >= 0) used.add(codes[prompt]!);
  const sorted = [...used].sort((a, b) => compareCodeUnits(values[a]!, values[b]!));
  const place = new Int32Array(values.length).fill(-1);
  sorted.forEach((code, k) => (place[code] = k));
  return {
    field: name,
    values: sorted.map((code) => values[code]!),
    codes: codes.map((code) => (code < 0 ? -1 : place[code]!)),
  };
}

function lengthCut(lengths: Float64Array, judged: Int32Array): Cut {
  const known = Float64Array.from(judged, (prompt) => lengths[prompt]!).filter((one) => !Number.isNaN(one));
  const quarters = quartersOf(known);
  const codes = Int32Array.from(lengths, (length) => quarterOf(quarters, length));
  return { field: PROMPT_LENGTH, values: quarters.map(lengthPart), codes };
}

function whyNotSliced({ values }: Cut, pairs: number): string | null {
  if (values.length > VALUES_MAX) return `more than ${VALUES_MAX} values`;
  if (values.length * pairs <= SLICES_MAX) return null;
  return `${values.length} values of ${pairs} pairs are more than ${SLICES_MAX} slices`;
}

type Slice = Slices[number]["slices"][number];

/** By the place of a value its slice, or nothing where the pair was not judged on such a prompt. */
function sliceCell(pair: ListedPair, cell: Cell, cut: Cut): (Slice | undefined)[] {
  const rows = cut.values.map(() => 0);
  for (const prompt of cell.prompt) if (cut.codes[prompt]! >= 0) rows[cut.codes[prompt]!]!++;
  const at = rows.map((count) => new Int32Array(count));
  rows.fill(0);
  for (let i = 0; i < cell.judgments; i++) {
    const value = cut.codes[cell.prompt[i]!]!;
    if (value >= 0) at[value]![rows[value]!++] = i;
  }
  return cut.values.map((value, v) => {
    const taken = at[v]!;
    if (taken.length === 0) return undefined;
    const names = { value, system: pair.system.label, against: pair.against.label };
    return { ...names, ...figuresOf(cell, taken) };
  });
}

function figuresOf(
  cell: Cell,
  taken: Int32Array,
): Pick<Slice, "prompts" | "judgments" | "halfTieRateByPrompt"> {
  const part = {
    prompt: pick(cell.prompt, taken),
    annotator: pick(cell.annotator, taken),
  };
  const sampling = samplingOf(part, { fixedAnnotators: cell.unnamed > 0 || cell.annotators === 1 });
  const scores = new Float64Array(taken.length);
  for (let k = 0; k < taken.length; k++) scores[k] = cell.halves[taken[k]!]! / 2;
  const prompts = sampling.prompts.count;
  const estimate: ReturnType<typeof byPromptInterval> =
    cell.reconstructed > 0
      ? { notEstimable: NOT_IN_PERCENTAGES.prompts }
      : byPromptInterval({ scores, sampling });
  return {
    ...{ prompts, judgments: taken.length },
    halfTieRateByPrompt: withEnough(estimate, { prompts, judgments: taken.length }),
  };
}

function withEnough(
  estimate: ReturnType<typeof byPromptInterval>,
  { prompts, judgments }: { prompts: number; judgments: number },
): Estimate {
  const { value } = estimate;
  return value !== undefined && prompts < PROMPTS_MIN
    ? { value, n: judgments, notEstimable: REASONS.fewerThan(PROMPTS_MIN, "prompts") }
    : withCount(estimate, judgments);
}
