import { type Choice, sideChosen } from "../contract/words.ts";
import type { ExportedJudgment } from "./exported-judgment.ts";
import type { Around, ExportFormat } from "./format.ts";

const NOT_CARRIED = [
  "judgments that are in no figure of the report",
  "active time, rationales and the metadata of judgments",
  "where judgments come from (simulated, reconstructed)",
  "the kind of the group",
];
const SIDE_UNKNOWN = "written as if the side were known";

/** Battles of Chatbot Arena: `model_a` stood left. */
export const arenaFormat: ExportFormat = {
  container: "json",
  needsTexts: true,
  takesAll: false,
  notCarried: NOT_CARRIED,
  rowsOf: (judgment, around) => [
    {
      question_id: judgment.promptId,
      ...battle(judgment, around),
      winner: WINNERS[judgment.choice],
      ...judgeOf(judgment),
      group: judgment.group,
      ...conversations(judgment, around),
      turn: judgment.turn,
      anony: true,
      language: around.texts.promptField(judgment.keys, "language"),
      tstamp: judgment.createdAt === null ? null : Date.parse(judgment.createdAt) / 1000,
    },
  ],
};

/** Human judgments of MT-Bench: as battles, without a word for both being bad. */
export const mtBenchFormat: ExportFormat = {
  container: "jsonl",
  needsTexts: true,
  takesAll: false,
  notCarried: [...NOT_CARRIED, "when it was judged"],
  rowsOf: (judgment, around) => {
    if (judgment.choice === "both_bad") around.tally.change("“both bad” is written as a tie");
    return [
      {
        question_id: numberIfOne(judgment.promptId),
        ...battle(judgment, around),
        winner: WINNERS[sideChosen(judgment.choice) ?? "tie"],
        ...judgeOf(judgment),
        group: judgment.group,
        ...conversations(judgment, around),
        turn: judgment.turn,
      },
    ];
  },
};

/** A vote without a name names no judge, so that it is loaded as one. */
const judgeOf = ({ annotator }: ExportedJudgment) => (annotator === null ? {} : { judge: annotator });

const WINNERS: Record<Choice, string> = {
  left: "model_a",
  right: "model_b",
  tie: "tie",
  both_bad: "tie (bothbad)",
};

function battle(judgment: ExportedJudgment, { tally }: Around) {
  if (!judgment.sideKnown) tally.change(SIDE_UNKNOWN);
  return { model_a: judgment.leftSystem, model_b: judgment.rightSystem };
}

/** Whole conversations, whichever turn was judged; one that was never loaded is an empty list. */
function conversations(judgment: ExportedJudgment, { texts, tally }: Around) {
  const both = texts.conversations(judgment, "last turn");
  if (!both) tally.change("written without its texts, which were never loaded");
  return { conversation_a: both?.left ?? [], conversation_b: both?.right ?? [] };
}

/** MT-Bench numbers its questions; a number is the same id to the loader. */
function numberIfOne(id: string): string | number {
  const number = Number(id);
  return /^(0|[1-9]\d*)$/.test(id) && Number.isSafeInteger(number) ? number : id;
}
