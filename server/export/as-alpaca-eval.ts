import type { StudyFacts } from "../analysis/rows/study-structure.ts";
import { sideChosen } from "../contract/words.ts";
import { ExportWrong } from "./errors.ts";
import type { ExportedJudgment } from "./exported-judgment.ts";
import type { Around, ExportFormat } from "./format.ts";

/**
 * AlpacaEval's annotations of the target's pairs: the baseline is `generator_1` and the target `generator_2`, so
 * that the win rate of the latter, the mean of `preference` − 1, is the target's half-tie rate.
 */
export const alpacaEvalFormat: ExportFormat = {
  container: "json",
  needsTexts: true,
  takesAll: false,
  notCarried: [
    "judgments that are in no figure of the report",
    "which response stood left, “both bad” (a tie here)",
    "active time, rationales, times and the metadata of judgments",
    "where judgments come from (simulated, reconstructed)",
    "the kind of the group; people and models stand in one file unless --group names one",
  ],
  require: (facts) => void targetOf(facts),
  rowsOf: (judgment, around) => {
    const target = targetOf(around.facts);
    const { leftSystem, rightSystem, choice } = judgment;
    if (leftSystem !== target && rightSystem !== target) return "of pairs without the target";
    if (judgment.turn > 1) return "about a later turn, for which there is no place";
    const side = rightSystem === target ? "right" : "left";
    const other = side === "right" ? "left" : "right";
    const texts = textsOf(judgment, around, { side, other });
    if (!texts) return "about texts that were never loaded";
    const chosen = sideChosen(choice);
    return [
      {
        instruction: texts.instruction,
        output_1: texts.baseline,
        generator_1: side === "right" ? leftSystem : rightSystem,
        dataset: around.texts.promptField(judgment.keys, "source") ?? around.facts.study.name,
        output_2: texts.target,
        generator_2: target,
        ...(judgment.annotator !== null && { annotator: judgment.annotator }),
        preference: chosen === null ? 1.5 : chosen === side ? 2 : 1,
        prompt_id: judgment.promptId,
        group: judgment.group,
      },
    ];
  },
};

type Side = "left" | "right";

function textsOf(
  judgment: ExportedJudgment,
  { texts }: Around,
  { side, other }: { side: Side; other: Side },
) {
  const both = texts.conversations(judgment, "judged turn");
  if (!both) return null;
  const instruction = both.left.find(({ role }) => role === "user")!.content;
  return { instruction, target: both[side].at(-1)!.content, baseline: both[other].at(-1)!.content };
}

function targetOf({ pairs, study }: StudyFacts): string {
  if (pairs !== "all") return pairs.target;
  const advice = "Arena battles (--as arena) have no target.";
  throw new ExportWrong(
    `AlpacaEval compares one target with others, and ${study.name} compares all systems. ${advice}`,
  );
}
