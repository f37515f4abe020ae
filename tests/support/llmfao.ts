import fs from "node:fs";
import path from "node:path";

/** 8,931 votes on outputs of 59 models: `fixtures/llmfao/README.md` says whose. */
export const VOTES = path.resolve(import.meta.dirname, "../../fixtures/llmfao/votes.csv");
/** How the columns of the votes are read. */
export const VOTES_MAP =
  "prompt_id=prompt,left_system=left,right_system=right,choice=winner,annotator=worker";

interface Vote {
  /** Ids as the file has them: of the prompt, the models and the worker. */
  readonly prompt: string;
  readonly left: string;
  readonly right: string;
  readonly worker: string;
  readonly winner: "left" | "tie" | "right";
}

/** The votes, in the order of the file. */
export function realVotes(): Vote[] {
  const [, ...lines] = fs.readFileSync(VOTES, "utf8").trim().split("\n");
  return lines.map((line) => {
    const [, prompt, left, right, worker, winner] = line.split(",") as [string, ...string[]];
    return { prompt: prompt!, left: left!, right: right!, worker: worker!, winner: winner as Vote["winner"] };
  });
}

export const BLANK = { empty: 25, white: 44 } as const;
/** Their ids go from 1 to this. */
const PROMPTS = 20;
/** What real outputs hold that careless readers lose: as many of each kind as among the outputs that were voted on. */
const ODD = [
  "a lone\rCR",
  "a line\u2028separator",
  "zero\u200bwidth",
  "漢字 and 😀",
  "| a | table |\n|---|---|",
];

/**
 * Writes made-up outputs of the models that were voted on, under the columns of the real file, and their prompts.
 * @returns both files, and how many outputs there are: the first of them empty, those after them white space
 */
export function writeOutputs(folder: string): { results: string; prompts: string; outputs: number } {
  const models = [...new Set(realVotes().flatMap(({ left, right }) => [left, right]))].sort();
  const rows = models.flatMap((name, m) =>
    Array.from({ length: PROMPTS }, (_, prompt) => ({ name, prompt: prompt + 1, model: m })),
  );
  const text = (i: number) => {
    if (i < BLANK.empty) return "";
    if (i < BLANK.empty + BLANK.white) return [" ", "\n", "\t \n"][i % 3]!;
    return `${ODD[i % ODD.length]!}, output ${i}`;
  };
  const results = path.join(folder, "results.jsonl");
  const lines = rows.map((row, i) => JSON.stringify({ id: i, ...row, result: text(i), rate: 11.55 }));
  fs.writeFileSync(results, `${lines.join("\n")}\n`);
  const prompts = path.join(folder, "prompts.jsonl");
  const asked = Array.from({ length: PROMPTS }, (_, i) => ({
    id: i + 1,
    text: `Question ${i + 1}?`,
    note: null,
  }));
  fs.writeFileSync(prompts, `${asked.map((one) => JSON.stringify(one)).join("\n")}\n`);
  return { results, prompts, outputs: rows.length };
}
