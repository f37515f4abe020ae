import path from "node:path";
import { tiebreakOk } from "./server.ts";
import { SHARED_DATA } from "./shared-data.ts";

const DATA = path.join(SHARED_DATA, "vicuna80_outputs");
/** The eight that guanaco-65b is compared with. */
export const BASELINES = [
  "guanaco-7b",
  "guanaco-13b",
  "guanaco-33b",
  "bard",
  "claude",
  "gpt-3.5",
  "gpt-4",
  "vicuna-13b",
];
/** In these files `text` is the prompt; in the `answer_*` ones it is the answer. */
const GUANACO = "prompt_id=question_id,prompt=text,output=generation_truncated";
const FILES = [
  "vicuna_questions.jsonl",
  ...[
    ["65b", "65b"],
    ["7b", "7b"],
    ["13b", "13b"],
    ["30b", "33b"],
  ].map(
    ([file, size]) =>
      `${file}-guanaco-vicuna-generations-topp0.9-temp0.7.jsonl:${GUANACO},system:=guanaco-${size}`,
  ),
  "answer_bard.jsonl:system:=bard",
  "answer_claude.jsonl:system:=claude",
  "answer_gpt35.jsonl:system:=gpt-3.5",
  "answer_gpt4.jsonl:system:=gpt-4",
  "answer_vicuna-13b.jsonl:system:=vicuna-13b",
];

/** Makes and opens a study of guanaco-65b against the other eight on 80 prompts. `group`: as `study create` takes it. */
export async function openVicuna(env: Record<string, string>, group: string): Promise<void> {
  const baselines = BASELINES.flatMap((name) => ["--baseline", name]);
  await tiebreakOk(
    ["study", "create", "vicuna", "--target", "guanaco-65b", ...baselines, "--group", group],
    env,
  );
  await tiebreakOk(["load", "vicuna", ...FILES.map((file) => path.join(DATA, file))], env);
  await tiebreakOk(["study", "open", "vicuna"], env);
}
