import type { Fields } from "./column-source.ts";
import type { FileOptions } from "./options.ts";

/** A published format that is not read by itself: what it is called, what tells it, and how it can be loaded. */
interface Unread {
  readonly name: string;
  readonly all: readonly string[];
  readonly none?: readonly string[];
  /** A column that must hold true or false. */
  readonly isBoolean?: string;
  /** Why it is not read, or what must be known. */
  readonly why: string;
  /** The mapping that loads it, as it stands behind the file's name. */
  readonly map?: string;
  /** What stands behind the file on the command line. */
  readonly flags?: string;
}

const KTO =
  "There is no comparison in it: a row is one response and whether it is desirable. Load the comparisons that it was made from; an export of Tiebreak loads back from --as jsonl.";

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
    name: "unpaired preferences (KTO)",
    all: ["completion", "label"],
    why: KTO,
  },
  {
    name: "unpaired preferences (KTO)",
    all: ["messages", "label"],
    isBoolean: "label",
    why: KTO,
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
  const isEither = (name: string) => rows.some((row) => typeof row[name] === "boolean");
  const found = UNREAD.find(
    ({ all, none = [], isBoolean }) =>
      all.every(has) && !none.some(has) && (isBoolean === undefined || isEither(isBoolean)),
  );
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
