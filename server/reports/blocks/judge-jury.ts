import type { Judges } from "../../contract/report-judges.ts";
import { scoreInterval } from "../../statistics/mean-interval.ts";
import { listPairs, PairRanges } from "../pair-list.ts";
import type { StudyData } from "../study-data.ts";
import { pluralityOf } from "./judge-beside.ts";
import { type JudgeRows, preferredIn, tieDiscounted } from "./judge-data.ts";
import { samplingOf } from "./sampling-of.ts";
import { withCount } from "./with-count.ts";

/** Groups of several models, each taken as one by the plurality of every comparison. */
export function juriesOf(data: StudyData, judges: readonly JudgeRows[]): Judges["juries"] {
  const { facts, annotators } = data;
  return facts.groups.flatMap(({ name }, group) => {
    const own = judges.filter(({ code }) => annotators[code]!.group === group);
    if (own.length < 2) return [];
    const votes = votesOf(data, group);
    return [
      {
        ...{ group: name, judges: own.length, pairs: pairsOf(data, votes) },
        withOthers: own.map(({ code }) => ({
          annotator: annotators[code]!.name,
          agreement: withOthers(data, votes, code),
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
    const same =
      before >= 0 &&
      (["low", "high", "prompt", "turn"] as const).every((c) => rows[c][i] === rows[c][before]);
    if (same) votes.at(-1)!.push(i);
    else votes.push([i]);
    before = i;
  }
  return votes;
}

function pairsOf({ rows, facts }: StudyData, votes: Votes) {
  return listPairs(facts, new PairRanges(rows)).map(({ system, against }) => {
    const counts = { win: 0, tie: 0, loss: 0 };
    for (const vote of votes) {
      const [low, high] = [rows.low[vote[0]!]!, rows.high[vote[0]!]!];
      const isOf = (code: number | null) => code === low || code === high;
      if (!isOf(system.code) || !isOf(against.code)) continue;
      const verdict = pluralityOf(rows, vote, low);
      counts[verdict === -1 ? "tie" : verdict === system.code ? "win" : "loss"]++;
    }
    return { system: system.label, against: against.label, ...counts };
  });
}

function withOthers({ rows }: StudyData, votes: Votes, code: number) {
  const scored = votes.flatMap((vote) => {
    const own = vote.find((i) => rows.annotator[i] === code);
    const others = vote.filter((i) => rows.annotator[i] !== code);
    if (own === undefined || others.length === 0) return [];
    return [
      { i: own, score: tieDiscounted(preferredIn(rows, own), pluralityOf(rows, others, rows.low[own]!)) },
    ];
  });
  if (scored.length === 0) return { notEstimable: "no comparison was judged by another model of the group" };
  const sampling = samplingOf(
    {
      prompt: Int32Array.from(scored, ({ i }) => rows.prompt[i]!),
      annotator: Int32Array.from(scored, ({ i }) => rows.annotator[i]!),
    },
    { fixedAnnotators: true },
  );
  const scores = Float64Array.from(scored, ({ score }) => score);
  return withCount(scoreInterval({ scores, sampling }), scored.length);
}
