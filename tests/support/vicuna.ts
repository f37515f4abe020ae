import fs from "node:fs";
import path from "node:path";
import { prepare } from "./in-process.ts";

/** Real outputs: `fixtures/vicuna80/README.md` says whose. */
export const VICUNA = path.resolve(import.meta.dirname, "../../fixtures/vicuna80");
export const QUESTIONS = path.join(VICUNA, "questions.jsonl");
export const SIZES = ["7b", "13b", "30b", "65b"] as const;
export const guanaco = (size: (typeof SIZES)[number]): string => path.join(VICUNA, `guanaco-${size}.jsonl`);
/** In these files `text` is the prompt; in FastChat's it is the answer. */
export const GUANACO_MAP = "prompt_id=question_id,prompt=text,output=generation_truncated";
/** The systems whose outputs are made up. */
export const ANSWERING = ["bard", "claude", "gpt-3.5", "gpt-4", "vicuna-13b"] as const;
/** The eight that guanaco-65b is compared with. */
export const BASELINES = ["guanaco-7b", "guanaco-13b", "guanaco-30b", ...ANSWERING];

const WORDS =
  "answers vary in length and in words so that whoever chooses by length finds one that is longer".split(" ");

/** Writes made-up answers to the 80 questions as FastChat's older versions wrote theirs. @returns the file of each system */
export function writeAnswers(folder: string): Map<string, string> {
  return new Map(
    ANSWERING.map((system, s) => {
      const rows = Array.from({ length: 80 }, (_, q) => {
        const length = 20 + ((q * 37 + s * 101) % 181);
        const text = Array.from({ length }, (_, w) => WORDS[(w * 7 + q + s) % WORDS.length]).join(" ");
        const ids = { answer_id: `${system}-${q}`, model_id: `${system}:20230327`, question_id: q + 1 };
        return JSON.stringify({ ...ids, text, metadata: {} });
      });
      const file = path.join(folder, `answer_${system}.jsonl`);
      fs.writeFileSync(file, `${rows.join("\n")}\n`);
      return [system, file] as const;
    }),
  );
}

/**
 * Makes and opens a study of guanaco-65b against the other eight on 80 prompts.
 * @param folder where the made-up answers are written
 * @param group as `study create` takes it
 */
export async function openVicuna(env: Record<string, string>, folder: string, group: string): Promise<void> {
  const baselines = BASELINES.flatMap((name) => ["--baseline", name]);
  const create = ["study", "create", "vicuna", "--target", "guanaco-65b", ...baselines, "--group", group];
  await prepare(create, env);
  const files = [
    QUESTIONS,
    ...SIZES.map((size) => `${guanaco(size)}:${GUANACO_MAP},system:=guanaco-${size}`),
    ...[...writeAnswers(folder)].map(([system, file]) => `${file}:system:=${system}`),
  ];
  await prepare(["load", "vicuna", ...files], env);
  await prepare(["study", "open", "vicuna"], env);
}
