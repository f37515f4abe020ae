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

function madeUp(system: number, question: number): string {
  const length = 20 + ((question * 37 + system * 101) % 181);
  return Array.from({ length }, (_, w) => WORDS[(w * 7 + question + system) % WORDS.length]).join(" ");
}

/** Writes made-up answers to the 80 questions as FastChat's older versions wrote theirs. @returns the file of each system */
export function writeAnswers(folder: string): Map<string, string> {
  return new Map(
    ANSWERING.map((system, s) => {
      const rows = Array.from({ length: 80 }, (_, q) => {
        const text = madeUp(s, q);
        const ids = { answer_id: `${system}-${q}`, model_id: `${system}:20230327`, question_id: q + 1 };
        return JSON.stringify({ ...ids, text, metadata: {} });
      });
      const file = path.join(folder, `answer_${system}.jsonl`);
      fs.writeFileSync(file, `${rows.join("\n")}\n`);
      return [system, file] as const;
    }),
  );
}

/** The files of answers as they were published: the name of the file and of the model, and whether a row has metadata. */
const PUBLISHED_ANSWERS = [
  ["bard", "bard:20230327", true],
  ["claude", "claude:20230617", false],
  ["gpt35", "gpt-3.5-turbo:20230327", true],
  ["gpt4", "gpt-4:20230520", false],
  ["vicuna-13b", "vicuna-13b:20230322-clean-lang", true],
] as const;

/**
 * Writes a folder in the shape in which the outputs for these 80 questions were published: its eleven names of files, the
 * fields of each in their order, two texts in those of Guanaco, a file without its last line feed. Answers are made up.
 * @returns the folder
 */
export function writePublished(into: string): string {
  const folder = path.join(into, "vicuna80_outputs");
  fs.mkdirSync(folder);
  const write = (name: string, rows: readonly object[], end = "\n") =>
    fs.writeFileSync(path.join(folder, name), rows.map((row) => JSON.stringify(row)).join("\n") + end);
  fs.copyFileSync(path.join(VICUNA, "LICENSE"), path.join(folder, "LICENSE"));
  fs.copyFileSync(QUESTIONS, path.join(folder, "vicuna_questions.jsonl"));
  for (const size of SIZES) {
    const rows = fs.readFileSync(guanaco(size), "utf8").trim().split("\n");
    const whole = rows.map((row, i) => {
      const fields = JSON.parse(row) as { generation_truncated: string };
      const beyond = i % 20 === 0 ? " ### Human: And what comes after that?" : "";
      return { ...fields, generation: `${fields.generation_truncated}${beyond}` }; // at its place among the fields
    });
    write(`${size}-guanaco-vicuna-generations-topp0.9-temp0.7.jsonl`, whole);
  }
  for (const [s, [name, model_id, hasMetadata]] of PUBLISHED_ANSWERS.entries()) {
    const rows = Array.from({ length: 80 }, (_, q) => {
      const [answer_id, question_id, text] = [`${name}-${q}`, q + 1, madeUp(s, q)];
      return hasMetadata
        ? { answer_id, model_id, question_id, text, metadata: {} }
        : { answer_id, question_id, model_id, text };
    });
    write(`answer_${name}.jsonl`, rows, name === "gpt4" ? "" : "\n");
  }
  return folder;
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
