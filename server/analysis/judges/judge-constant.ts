import type { Constant } from "../../contract/report-agreement.ts";
import type { Outcome } from "../../contract/words.ts";
import type { StudyData } from "../rows/study-data.ts";
import { firstSystem } from "../agreement/agreement-sides.ts";
import { outcomeFor, preferredIn } from "../rows/outcomes.ts";
import { targetOf } from "../rows/study-structure.ts";
import type { JudgeRows } from "./judge-data.ts";
import { sidesOf } from "./judge-orders.ts";

/** Fewer verdicts may be alike by chance. */
const VERDICTS_MIN = 10;

/**
 * What some models say whatever they are shown: every decisive judgment takes the same side of the screen, in whichever
 * order, or every verdict says the same of the systems. Null where their verdicts vary, and below 10 of them.
 */
export function constantOf(data: StudyData, judges: readonly JudgeRows[]): Constant | null {
  return sameSide(data, judges) ?? sameVerdict(data, judges);
}

function sameSide(data: StudyData, judges: readonly JudgeRows[]): "left" | "right" | null {
  const left = judges.flatMap((judge) => sidesOf(data, judge).left);
  if (left.length < VERDICTS_MIN || new Set(left).size > 1) return null;
  return left[0] === true ? "left" : "right";
}

function sameVerdict({ rows, facts }: StudyData, judges: readonly JudgeRows[]): Outcome | null {
  const target = targetOf(facts);
  const said = judges.flatMap(({ at }) =>
    Array.from(at, (i) => outcomeFor(preferredIn(rows, i), firstSystem(rows, i, target))),
  );
  return said.length < VERDICTS_MIN || new Set(said).size > 1 ? null : said[0]!;
}
