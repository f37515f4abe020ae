import type { Judges } from "../../contract/report-judges.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { byPromptInterval } from "../../statistics/intervals/by-prompt-mean.ts";
import { scoreInterval } from "../../statistics/intervals/mean-interval.ts";
import { listPairs, PairRanges } from "../rows/pair-list.ts";
import type { StudyData } from "../rows/study-data.ts";
import { pluralityOf } from "./judge-beside.ts";
import { beyondChanceOf } from "./judge-beyond-chance.ts";
import { isSameComparison } from "../rows/canonical-order.ts";
import { outcomeFor, preferredIn, someReconstructed } from "../rows/outcomes.ts";
import { halfTieScore } from "../../statistics/judgments/half-tie.ts";
import { columnsAt, type JudgeRows, tieDiscounted } from "./judge-data.ts";
import { keyOf } from "./judge-pairs.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import { withCount } from "../rows/with-count.ts";

type Jury = Judges["juries"][number];
type WithOthers = Jury["withOthers"][number];

/** Groups of several models, each taken as one by the plurality of every comparison. */
export function juriesOf(data: StudyData, judges: readonly JudgeRows[]): Judges["juries"] {
  const { facts, annotators } = data;
  return facts.groups.flatMap(({ name }, group) => {
    const own = judges.filter(({ code }) => annotators[code]!.group === group);
    if (own.length < 2) return [];
    const votes = votesOf(data, group);
    const reconstructed = own.some(({ at }) => someReconstructed(data.rows, at));
    return [
      {
        ...{ group: name, judges: own.length, pairs: reconstructed ? [] : pairsOf(data, votes, own) },
        withOthers: own.map(({ code }) => ({
          annotator: annotators[code]!.name,
          ...(reconstructed
            ? { agreement: { notEstimable: NOT_IN_PERCENTAGES.sameComparison } }
            : withOthers(data, votes, code)),
        })),
      },
    ];
  });
}

/** The rows of each comparison of a group, in canonical order. */
type Votes = readonly (readonly number[])[];

function votesOf({ rows }: StudyData, group: number): Votes {
  const votes: number[][] = [];
  let before = -1;
  for (let i = 0; i < rows.count; i++) {
    if (rows.group[i] !== group) continue;
    if (before >= 0 && isSameComparison(rows, before, i)) votes.at(-1)!.push(i);
    else votes.push([i]);
    before = i;
  }
  return votes;
}

function pairsOf(data: StudyData, votes: Votes, judges: readonly JudgeRows[]): Jury["pairs"] {
  const { rows, facts, annotators } = data;
  const ofPair = new Map<string, Votes[number][]>();
  for (const vote of votes) {
    const key = keyOf(rows.low[vote[0]!]!, rows.high[vote[0]!]!);
    ofPair.set(key, [...(ofPair.get(key) ?? []), vote]);
  }
  return listPairs(facts, new PairRanges(rows)).map(({ system, against }) => {
    const own = ofPair.get(keyOf(system.code, against.code)) ?? [];
    const jury = own.map((vote) => ({
      i: vote[0]!,
      preferred: pluralityOf(rows, vote, rows.low[vote[0]!]!),
    }));
    const byJudge = judges.map(({ code }) => ({
      annotator: annotators[code]!.name,
      ...verdictsOf(rows, saidBy(rows, own, code), system.code),
    }));
    return {
      ...{ system: system.label, against: against.label },
      ...verdictsOf(rows, jury, system.code),
      byJudge,
    };
  });
}

/** A verdict on the comparison of row `i`: the system that it prefers, or NEITHER. */
interface Verdict {
  readonly i: number;
  readonly preferred: number;
}

const saidBy = (rows: StudyData["rows"], votes: Votes, code: number): Verdict[] =>
  votes.flatMap((vote) =>
    vote.filter((i) => rows.annotator[i] === code).map((i) => ({ i, preferred: preferredIn(rows, i) })),
  );

function verdictsOf(rows: StudyData["rows"], verdicts: readonly Verdict[], system: number | null) {
  const counts = { win: 0, tie: 0, loss: 0 };
  const outcomes = verdicts.map(({ preferred }) => outcomeFor(preferred, system));
  for (const outcome of outcomes) counts[outcome]++;
  const at = verdicts.map(({ i }) => i);
  const scores = Float64Array.from(outcomes, halfTieScore);
  const sampling = samplingOf(columnsAt(rows, at), { fixedAnnotators: true });
  return { ...counts, halfTieRate: withCount(byPromptInterval({ scores, sampling }), verdicts.length) };
}

function withOthers(data: StudyData, votes: Votes, code: number): Omit<WithOthers, "annotator"> {
  const { rows } = data;
  const both = votes.flatMap((vote) => {
    const own = vote.find((i) => rows.annotator[i] === code);
    const others = vote.filter((i) => rows.annotator[i] !== code);
    if (own === undefined || others.length === 0) return [];
    const most = pluralityOf(rows, others, rows.low[own]!);
    return [{ i: own, one: preferredIn(rows, own), other: most }];
  });
  if (both.length === 0) return { agreement: { notEstimable: REASONS.noneByAnotherModel } };
  const at = both.map(({ i }) => i);
  const sampling = samplingOf(columnsAt(rows, at), { fixedAnnotators: true });
  const scores = Float64Array.from(both, ({ one, other }) => tieDiscounted(one, other));
  return {
    agreement: withCount(scoreInterval({ scores, sampling }), both.length),
    beyondChance: beyondChanceOf(data, both),
  };
}
