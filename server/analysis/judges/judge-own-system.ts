import type { Judge } from "../../contract/report-judges.ts";
import { REASONS } from "../../contract/reasons.ts";
import { byPromptInterval } from "../../statistics/intervals/by-prompt-mean.ts";
import type { StudyData } from "../rows/study-data.ts";
import type { BesidePeople } from "./judge-beside.ts";
import { scoreFor } from "../rows/outcomes.ts";
import { columnsAt, type JudgeRows } from "./judge-data.ts";
import { paired, ratesBeside } from "./judge-pairs.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import { withCount } from "../rows/with-count.ts";

/** Names shorter than this are found in too many others. */
const NAME_MIN = 4;
const NOBODY = { notEstimable: REASONS.noPeople };

/**
 * Whether a judge favours the system that it is itself: its half-tie rate for that system beside that of people on the
 * same comparisons; where there are none, its own alone. `names`: what the judge and its model are called.
 */
export function ownSystemOf(
  data: StudyData,
  judge: JudgeRows,
  { beside, names }: { beside: BesidePeople; names: readonly string[] },
): Judge["ownSystem"] {
  const { rows, facts } = data;
  const own = facts.systems.findIndex((system) => names.some((name) => isSameModel(system.name, name)));
  if (own < 0) return null;
  const system = facts.systems[own]!.label;
  const places = [...judge.at.keys()].filter((k) => isAbout(rows, judge.at[k]!, own));
  const shared = places.filter((k) => beside.verdicts[k] !== null);
  if (shared.length === 0) return { system, rate: rateAlone(rows, judge, { own, places }), ...NO_PEOPLE };
  const { model, people, difference } = ratesBeside(rows, paired(shared, judge, beside), own);
  return { system, rate: model, people, difference };
}

const NO_PEOPLE = { people: NOBODY, difference: NOBODY };

const isAbout = (rows: StudyData["rows"], i: number, own: number): boolean =>
  rows.low[i] === own || rows.high[i] === own;

function rateAlone(
  rows: StudyData["rows"],
  judge: JudgeRows,
  { own, places }: { own: number; places: readonly number[] },
) {
  const at = places.map((k) => judge.at[k]!);
  const scores = Float64Array.from(at, (i) => scoreFor(rows, i, own));
  const sampling = samplingOf(columnsAt(rows, at), { fixedAnnotators: true });
  return withCount(byPromptInterval({ scores, sampling }), at.length);
}

/** Names that differ in case and signs only, or of which one holds the other, as gpt-4 and GPT-4-0613. @internal */
export function isSameModel(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
  if (a === b) return a !== "";
  const [short, long] = a!.length < b!.length ? [a!, b!] : [b!, a!];
  return short.length >= NAME_MIN && long.includes(short);
}
