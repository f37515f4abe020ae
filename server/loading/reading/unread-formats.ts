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

/** Those of which another asks for fewer fields come first. */
const UNREAD: readonly Unread[] = [
  {
    name: "reviews as FastChat, Vicuna and QLoRA publish them",
    all: ["answer1_id", "answer2_id", "score"],
    why: "These are a judge's verdicts, and only the ids of the answers name the systems: set them yourself.",
    map: "prompt_id=question_id,system_a:=FIRST,system_b:=SECOND,winner=score{1:a|2:b|3:tie},annotator=reviewer_id,rationale=text,side_known:=false",
    flags: "--group reviewers:model",
  },
  {
    name: "FastChat's scores of people",
    all: ["question_id", "text", "score"],
    none: ["model_id", "answer_id"],
    why: "These are verdicts, and only the file's name names the systems: set them yourself.",
    map: "prompt_id=question_id,prompt=text,system_a:=FIRST,system_b:=SECOND,winner=score{1:a|2:b|3:tie},annotator:=WHO,side_known:=false",
  },
  {
    name: "preferences without a prompt of their own (TRL's implicit ones, hh-rlhf)",
    all: ["chosen", "rejected"],
    why: "Both columns hold the whole conversation, and cannot be parted here: write rows with prompt, chosen and rejected.",
  },
  {
    name: "unpaired preferences (KTO)",
    all: ["completion", "label"],
    why: "There is no comparison in it: a row is one response and whether it is desirable. Load the comparisons that it was made from; an export of Tiebreak loads back from --as jsonl.",
  },
  {
    name: "requests of a batch of OpenAI",
    all: ["custom_id", "body"],
    why: "The user's messages are prompts.",
    map: "prompt_id=custom_id,messages=body.messages,method=,url=",
  },
  {
    name: "replies of a batch of OpenAI",
    all: ["custom_id", "response"],
    why: "Load the requests first: they hold the prompts. Failed replies are reported by line; a reply with the finish_reason length was cut off.",
    map: "prompt_id=custom_id,output=response.body.choices.0.message.content,finish_reason=response.body.choices.0.finish_reason,system:=NAME",
  },
  {
    name: "requests of a batch of Anthropic",
    all: ["custom_id", "params"],
    why: "The user's messages are prompts.",
    map: "prompt_id=custom_id,messages=params.messages",
  },
  {
    name: "replies of a batch of Anthropic",
    all: ["custom_id", "result"],
    why: "Load the requests first: they hold the prompts. If a reply begins with a thinking part, the text is the part after it (content.1).",
    map: "prompt_id=custom_id,output=result.message.content.0.text,system:=NAME",
  },
  {
    name: "samples of lm-evaluation-harness",
    all: ["doc_id", "resps"],
    why: "The folder's name gives the model, and each document occurs once per filter: keep the rows of one filter.",
    map: "prompt_id=doc_id,prompt=arguments.gen_args_0.arg_0,output=filtered_resps.0,system:=NAME",
  },
  {
    name: "a result of promptfoo",
    all: ["evalId", "results"],
    why: "Its rows are under results.results.",
    map: "rows=results.results,prompt=prompt.raw,system=provider.id,output=response.output",
  },
  {
    name: "a scenario state of HELM",
    all: ["adapter_spec", "request_states"],
    why: "Its rows are under request_states.",
    map: "rows=request_states,prompt_id=instance.id,prompt=instance.input.text,output=result.completions.0.text,system:=NAME",
  },
  {
    name: "a log of inspect_ai",
    all: ["eval", "samples"],
    why: "Its rows are under samples.",
    map: "rows=samples,prompt_id=id,prompt=input,output=output.choices.0.message.content,system:=NAME",
  },
  {
    name: "ratings of single answers (FastChat's gpt-4_single)",
    all: ["model", "judge", "score"],
    none: ["games"],
    why: "There is no comparison in it: a row is one answer and its rating. Load judgments of pairs.",
  },
  {
    name: "UltraFeedback's completions",
    all: ["instruction", "completions", "models"],
    why: "A row holds the responses of several systems, in no fixed places: write a row for each, with prompt, system and output.",
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
