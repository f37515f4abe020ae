import type { Position } from "../../contract/report-effects.ts";
import { leaningOf, leftInterval, type SideCounts } from "../../statistics/intervals/position.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { isReconstructed, sidePreferred } from "../rows/outcomes.ts";
import { listPairs, PairRanges } from "../rows/pair-list.ts";
import type { StudyData } from "../rows/study-data.ts";
import { peopleGroups } from "../rows/study-structure.ts";
import { pick } from "../rows/gather.ts";
import { hasUnnamed } from "../rows/only-rows.ts";
import { samplingOf } from "../rows/sampling-of.ts";

/**
 * Whether judgments lean to one side of the screen: over all people of the headline with an interval, by group (models
 * too) and by pair (people). Judgments whose side a file did not say, or that were reconstructed from percentages, are counted
 * apart. Both answers bad is a tie.
 */
export function positionOf(data: StudyData): Position {
  const { facts, rows } = data;
  const people = peopleGroups(facts);
  const ranges = new PairRanges(rows);
  const all = { from: 0, to: rows.count };
  return {
    ...leaningOf(countSides(rows, all, people)),
    unknownSide: countUnknown(rows, people),
    interval: intervalOf(rows, people),
    byGroup: facts.groups.flatMap(({ name, published }, code) => {
      const counts = countSides(rows, all, (group) => group === code);
      const isListed = published || counts.left + counts.right + counts.ties > 0;
      return isListed ? [{ group: name, ...leaningOf(counts) }] : [];
    }),
    byPair: listPairs(facts, ranges).map((pair) => ({
      system: pair.system.label,
      against: pair.against.label,
      ...leaningOf(countSides(rows, ranges.of(pair), people)),
    })),
  };
}

type InGroups = (group: number) => boolean;

/** A reconstructed judgment never was on a screen. */
const hasSide = (rows: JudgmentRows, i: number): boolean =>
  rows.sideKnown[i] === 1 && !isReconstructed(rows, i);

function countSides(
  rows: JudgmentRows,
  { from, to }: { from: number; to: number },
  inGroups: InGroups,
): SideCounts {
  const counts = { left: 0, right: 0, ties: 0 };
  for (let i = from; i < to; i++) {
    if (!inGroups(rows.group[i]!) || !hasSide(rows, i)) continue;
    const side = sidePreferred(rows.choice[i]!);
    if (side === 0) counts.ties++;
    else counts[side === 1 ? "left" : "right"]++;
  }
  return counts;
}

function countUnknown(rows: JudgmentRows, inGroups: InGroups): number {
  let count = 0;
  for (let i = 0; i < rows.count; i++) if (inGroups(rows.group[i]!) && !hasSide(rows, i)) count++;
  return count;
}

function intervalOf(rows: JudgmentRows, inGroups: InGroups): Position["interval"] {
  const at = new Int32Array(rows.count);
  let count = 0;
  for (let i = 0; i < rows.count; i++) {
    const isDecisive = sidePreferred(rows.choice[i]!) !== 0;
    if (isDecisive && inGroups(rows.group[i]!) && hasSide(rows, i)) at[count++] = i;
  }
  const decisive = at.subarray(0, count);
  const chosenLeft = new Uint8Array(count);
  for (let k = 0; k < count; k++) chosenLeft[k] = sidePreferred(rows.choice[decisive[k]!]!) === 1 ? 1 : 0;
  const sampling = samplingOf(
    { prompt: pick(rows.prompt, decisive), annotator: pick(rows.annotator, decisive) },
    { fixedAnnotators: hasUnnamed(rows, inGroups) },
  );
  return leftInterval(chosenLeft, sampling);
}
