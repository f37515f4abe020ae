import type { Choice } from "../../../contract/words.ts";
import type { Fields } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, RowNote } from "../records.ts";
import { nameIn, optionalText, shown, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { idOfTexts, judgmentOf } from "./verdict.ts";

const FIELDS = judgmentFields(["info", "summaries", "choice"], { annotator: "worker" });
const CHOICES: ReadonlyMap<unknown, Choice> = new Map<unknown, Choice>([
  [0, "left"],
  [1, "right"],
]);

/**
 * Comparisons of “Learning to summarize from human feedback”: a post or an article, two summaries with the policies that
 * wrote them, which was chosen (0 or 1) and by which worker. A policy is a system, so that two summaries of one policy
 * compare no systems, and are counted. The order of the two on the page is not told.
 */
export function readSummaryComparison(
  row: Fields,
  at: number,
  options: FileOptions,
): (LoadRecord | RowNote)[] {
  const info = row.info as Fields;
  const [first, second] = (Array.isArray(row.summaries) ? row.summaries : []) as Fields[];
  if (!first || !second) throw new RowFault("FieldMissing", "summaries holds no two summaries.", "summaries");
  const systems = [nameIn(first, "policy"), nameIn(second, "policy")] as const;
  if (systems[0] === systems[1]) return [SAME_POLICY];
  const choice = CHOICES.get(row.choice);
  if (choice === undefined)
    throw new RowFault("ChoiceUnknown", `choice is ${shown(row.choice)}; it is 0 or 1.`, "choice");
  const texts = [[textIn(first, "text").trim()], [textIn(second, "text").trim()]] as const;
  const promptTurns = [
    [optionalText(info, "title"), textOf(info)].filter((text) => text !== null).join("\n\n"),
  ];
  return [
    judgmentOf({ row, at, options }, FIELDS, {
      ...{ promptId: idOfTexts(promptTurns, ...texts), promptTurns, systems, texts, choice },
      metadata: {
        source_id: info.id,
        subreddit: info.subreddit,
        site: info.site,
        notes: [first.note, second.note],
      },
    }),
  ];
}

const SAME_POLICY = new RowNote(
  "NotCompared",
  "Both summaries are of the same policy, so that no two systems are compared: no judgment.",
);

function textOf(info: Fields): string {
  const text = optionalText(info, "post") ?? optionalText(info, "article");
  if (text !== null) return text;
  throw new RowFault("FieldMissing", "info holds neither a post nor an article.", "info");
}
