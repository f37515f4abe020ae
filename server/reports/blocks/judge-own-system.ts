import type { Judge } from "../../contract/report-judges.ts";
import { differenceInterval } from "../../statistics/difference-interval.ts";
import { scoreInterval } from "../../statistics/mean-interval.ts";
import type { StudyData } from "../study-data.ts";
import type { BesidePeople } from "./judge-beside.ts";
import { type JudgeRows, preferredIn } from "./judge-data.ts";
import { samplingOf } from "./sampling-of.ts";
import { withCount } from "./with-count.ts";

/** Names shorter than this are found in too many others. */
const NAME_MIN = 4;

/**
 * Whether a judge favours the system that it is itself: its half-tie rate for that system beside that of people on the
 * same comparisons. `names`: what the judge and its model are called.
 */
export function ownSystemOf(
  data: StudyData,
  judge: JudgeRows,
  { beside, names }: { beside: BesidePeople; names: readonly string[] },
): Judge["ownSystem"] {
  const { rows, facts } = data;
  const own = facts.systems.findIndex((system) => names.some((name) => isSameModel(system.name, name)));
  if (own < 0) return null;
  const score = (i: number): number => {
    const preferred = preferredIn(rows, i);
    return preferred === -1 ? 0.5 : preferred === own ? 1 : 0;
  };
  const isAbout = (i: number) => rows.low[i] === own || rows.high[i] === own;
  const of = Array.from(judge.at).filter(isAbout);
  const people = Array.from(beside.people).filter(isAbout);
  const sampled = (at: readonly number[]) =>
    samplingOf(
      {
        prompt: Int32Array.from(at, (i) => rows.prompt[i]!),
        annotator: Int32Array.from(at, (i) => rows.annotator[i]!),
      },
      { fixedAnnotators: true },
    );
  const rate = (at: readonly number[]) =>
    withCount(scoreInterval({ scores: Float64Array.from(at, score), sampling: sampled(at) }), at.length);
  const all = [...people, ...of];
  const second = Uint8Array.from(all, (_, k) => (k < people.length ? 0 : 1));
  const scores = Float64Array.from(all, score);
  return {
    system: facts.systems[own]!.label,
    rate: rate(of),
    people: rate(people),
    difference: withCount(differenceInterval({ scores, second, sampling: sampled(all) }), all.length),
  };
}

/** Names that differ in case and signs only, or of which one holds the other, as gpt-4 and GPT-4-0613. */
export function isSameModel(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
  if (a === b) return a !== "";
  const [short, long] = a!.length < b!.length ? [a!, b!] : [b!, a!];
  return short.length >= NAME_MIN && long.includes(short);
}
