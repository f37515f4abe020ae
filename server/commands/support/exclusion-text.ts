import type { ExclusionPreview, ExclusionRule } from "../../contract/watching.ts";
import { counted, estimateText } from "../../report-document/numbers.ts";
import { metSays } from "../../report-document/watching-words.ts";
import { withoutControls } from "../../report-document/write/plain-text.ts";
import { inColumns } from "./columns.ts";

/** Whom a rule would exclude and what would follow, for a terminal. */
export function previewText(rule: ExclusionRule, preview: ExclusionPreview): string {
  const { annotators, judgments, freed, held, headline } = preview;
  const who = withoutControls(annotators);
  if (who.length === 0) return `The rule meets nobody: ${preview.rule}.`;
  const lines = who.map((one) => `  ${one.annotator}: ${metSays(rule, one)}`);
  const rates = (headline ?? []).map(({ system, against, before, after }) => [
    `  ${system} against ${against}`,
    ...[before, after].map(
      (figures) =>
        `${estimateText(figures.halfTieRateByPrompt)} of ${counted(figures.judgments, "judgment")}`,
    ),
  ]);
  return [
    `The rule meets ${counted(who.length, "annotator")}: ${preview.rule}.`,
    ...lines,
    `${counted(judgments, "judgment")} would be in no figure, ${freed} wanted again, and ${counted(held, "open pair")} free for others.`,
    ...(rates.length === 0
      ? []
      : ["Half-tie rate, mean over prompts:", inColumns([["", "now", "without them"], ...rates])]),
  ].join("\n");
}
