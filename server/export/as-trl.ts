import { sideChosen } from "../contract/words.ts";
import type { Message } from "./conversations.ts";
import type { ExportedJudgment } from "./exported-judgment.ts";
import type { Around, ExportFormat } from "./format.ts";

const NOT_CARRIED = [
  "judgments that are in no figure of the report",
  "which systems answered, who judged in which group, when and how long",
  "how many agreed: every judgment makes its own rows, also where others say the opposite",
];
const NEVER_LOADED = "about texts that were never loaded";

/** TRL's preferences with an explicit prompt: the messages that both sides share, then what differs. */
export const dpoFormat: ExportFormat = {
  container: "jsonl",
  needsTexts: true,
  takesAll: false,
  notCarried: [...NOT_CARRIED, "ties (--ties keep writes them to a file of their own)"],
  rowsOf: (judgment, around) => {
    const chosen = sideChosen(judgment.choice);
    if (chosen === null) return "ties";
    const parted = partedOf(judgment, around);
    if (typeof parted === "string") return parted;
    const { prompt, left, right } = parted;
    return [
      {
        prompt,
        chosen: chosen === "left" ? left : right,
        rejected: chosen === "left" ? right : left,
      },
    ];
  },
};

/** The ties that TRL's format has no words for. */
export const dpoTiesFormat: ExportFormat = {
  ...dpoFormat,
  rowsOf: (judgment, around) => {
    if (sideChosen(judgment.choice) !== null) return "decided";
    const parted = partedOf(judgment, around);
    if (typeof parted === "string") return parted;
    const { prompt, left, right } = parted;
    return [{ prompt, response_a: left, response_b: right, both_bad: judgment.choice === "both_bad" }];
  },
};

/** TRL's unpaired preferences: the chosen response is desirable, the other is not; two bad ones are neither. */
export const ktoFormat: ExportFormat = {
  container: "jsonl",
  needsTexts: true,
  takesAll: false,
  notCarried: [...NOT_CARRIED, "which two responses were compared", "ties"],
  rowsOf: (judgment, { texts }) => {
    const { choice } = judgment;
    if (choice === "tie") return "ties";
    const both = texts.conversations(judgment, "judged turn");
    if (!both) return NEVER_LOADED;
    return [unpaired(both.left, choice === "left"), unpaired(both.right, choice === "right")];
  },
};

const unpaired = (conversation: readonly Message[], label: boolean) => ({
  prompt: conversation.slice(0, -1),
  completion: conversation.slice(-1),
  label,
});

function partedOf(judgment: ExportedJudgment, { texts }: Around) {
  const both = texts.conversations(judgment, "judged turn");
  if (!both) return NEVER_LOADED;
  const { left, right } = both;
  const at = left.findIndex(({ content }, i) => content !== right[i]?.content);
  if (at < 0) return "about two responses that are the same";
  return { prompt: left.slice(0, at), left: left.slice(at), right: right.slice(at) };
}
