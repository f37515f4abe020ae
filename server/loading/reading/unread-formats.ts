import type { Fields } from "./column-source.ts";
import type { FileOptions } from "./options.ts";

/** A published format that is not read by itself: what it is called, what tells it, and how it can be loaded. */
interface Unread {
  readonly name: string;
  readonly all: readonly string[];
  readonly none?: readonly string[];
  /** Why it is not read, or what must be known. */
  readonly why: string;
  /** The mapping that loads it, as it stands behind the file's name. */
  readonly map?: string;
  /** What stands behind the file on the command line. */
  readonly flags?: string;
}

const pair = (first: string, second: string, winner: string): string =>
  `system_a:=${first},system_b:=${second},output_a=${first},output_b=${second},winner${winner},side_known:=false`;

/** Those of which another asks for fewer fields come first. */
const UNREAD: readonly Unread[] = [
  {
    name: "FastChat's scores of people",
    all: ["question_id", "text", "score"],
    none: ["model_id", "answer_id", "answer1_id"],
    why: "These are verdicts, and only the file's name names the systems: set them yourself.",
    map: "prompt_id=question_id,prompt=text,system_a:=FIRST,system_b:=SECOND,winner=score{1:a|2:b|3:tie},annotator:=WHO,side_known:=false",
  },
  {
    name: "RewardBench's pairs",
    all: ["chosen", "rejected", "chosen_model", "rejected_model"],
    why: "A row says which of two responses was chosen, not by whom: name the annotator.",
    map: "system_a=chosen_model,system_b=rejected_model,output_a=chosen,output_b=rejected,winner:=a,annotator:=WHO,side_known:=false",
  },
  {
    name: "RewardBench 2's sets of responses",
    all: ["prompt", "chosen", "rejected", "num_correct"],
    why: "A row holds several responses, chosen and rejected ones: choose two, and name the annotator.",
    map: "system_a:=chosen,system_b:=rejected,output_a=chosen.0,output_b=rejected.0,winner:=a,annotator:=WHO,side_known:=false",
  },
  {
    name: "preferences as TRL takes them",
    all: ["prompt", "chosen", "rejected"],
    none: ["score_chosen"],
    why: "They name neither systems nor annotators: set both.",
    map: `${pair("chosen", "rejected", ":=a")},annotator:=WHO`,
  },
  {
    name: "unpaired preferences (KTO)",
    all: ["completion", "label"],
    why: "There is no comparison in it: a row is one response and whether it is desirable. Load the comparisons that it was made from; an export of Tiebreak loads back from --as jsonl.",
  },
  {
    name: "Stanford Human Preferences (SHP)",
    all: ["history", "human_ref_A", "human_ref_B", "labels"],
    why: "It names neither systems nor annotators: set both.",
    map: `prompt=history,${pair("human_ref_A", "human_ref_B", "=labels{1:a|0:b}")},annotator:=votes`,
  },
  {
    name: "LFQA's comparisons of experts",
    all: ["answer1", "answer2", "BetterAnswer"],
    why: "Its two answers become two systems.",
    map: `prompt=question_text,${pair("answer1", "answer2", "=BetterAnswer{Answer A:a|Answer B:b}")},rationale=comments`,
  },
  {
    name: "pairs of outputs with a label (LLMBar)",
    all: ["input", "output_1", "output_2", "label"],
    why: "It names neither systems nor annotators: set both.",
    map: `prompt=input,${pair("output_1", "output_2", "=label{1:a|2:b}")},annotator:=WHO`,
  },
  {
    name: "a log of inspect_ai without its samples",
    all: ["eval", "plan", "status"],
    why: "There is no output in it. Write the log anew with all of it: inspect log dump LOG > log.json.",
  },
  {
    name: "single messages of OpenAssistant",
    all: ["message_id", "parent_id", "text", "role", "rank"],
    why: "A row does not hold what it replies to: load the same set as trees (…trees.jsonl), where the replies that were ranked stand together.",
  },
  {
    name: "PRISM's utterances",
    all: ["utterance_id", "interaction_id", "model_response", "if_chosen"],
    why: "A row is one answer of several to compare: load conversations.jsonl of the same set, where they stand together.",
  },
  {
    name: "ratings of single answers (FastChat's gpt-4_single)",
    all: ["model", "judge", "score"],
    none: ["games"],
    why: "There is no comparison in it: a row is one answer and its rating. Load judgments of pairs.",
  },
];

/**
 * Why a file of a known format is not read, and what loads it: said where the columns prove the format and nothing is
 * mapped. Null where they prove none.
 */
export function whyUnread(
  rows: readonly Fields[],
  options: Pick<FileOptions, "fileName" | "folderSystem">,
): string | null {
  const has = (name: string) => rows.some((row) => row[name] !== undefined);
  const found = UNREAD.find(({ all, none = [] }) => all.every(has) && !none.some(has));
  if (!found) return null;
  const { fileName: file, folderSystem } = options;
  const { name, why, map, flags } = found;
  const start = /^a /.test(name)
    ? `This is ${name}, which is not read automatically.`
    : `These are ${name}, which are not read automatically.`;
  if (map === undefined) return `${start} ${why.replace("FILE", () => file)}`;
  const told = map.replace("NAME", () => folderSystem ?? "NAME");
  const capitals = /\b(WHO|FIRST|SECOND|NAME)\b/.test(told)
    ? "; put your own names for the words in capitals"
    : "";
  return `${start} ${why} It loads as '${file}:${told}'${flags === undefined ? "" : ` ${flags}`}${capitals}.`;
}
