import fs from "node:fs";
import path from "node:path";
import { AnnotatorClient } from "./annotator-client.ts";
import { prepare } from "./in-process.ts";
import { type RunningServer } from "./server.ts";

const PROMPTS = 24;

/** A study that is judged as planned by one annotator, with the votes of two more from a file. */
export async function judgedStudy(
  study: string,
  folder: string,
  { env, server }: { env: Record<string, string>; server: RunningServer },
): Promise<void> {
  const write = (name: string, lines: readonly string[]): string => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, `${lines.join("\n")}\n`);
    return file;
  };
  const ids = Array.from({ length: PROMPTS }, (_, i) => `p${i}`);
  const prompt = (id: string, i: number) => ({
    prompt_id: id,
    prompt: `Question ${id}?`,
    source: `s${i % 2}`,
  });
  const files = [
    write(
      "prompts.jsonl",
      ids.map((id, i) => JSON.stringify(prompt(id, i))),
    ),
    ...["ours", "theirs"].map((system, s) =>
      write(
        `${system}.jsonl`,
        ids.map((id, i) => JSON.stringify({ prompt_id: id, output: "word ".repeat(1 + s + (i % 5)) })),
      ),
    ),
  ];
  const votes = ids.flatMap((id, i) =>
    ["ann", "bo"].map(
      (annotator, a) => `${id},ours,theirs,${(i + a) % 8 === 0 ? "right" : "left"},${annotator}`,
    ),
  );
  const file = write("votes.csv", ["prompt_id,left_system,right_system,choice,annotator", ...votes]);
  const created = ["--target", "ours", "--baseline", "theirs", "--group", "people,judgments=1"];
  await prepare(["study", "create", study, ...created], env);
  await prepare(["load", study, ...files], env);
  await prepare(["study", "open", study], env);
  await prepare(["load", study, file, "--group", "people"], env);
  const { links } = JSON.parse(await prepare(["invite", study, "--group", "people", "--json"], env)) as {
    links: { url: string }[];
  };
  const annotator = new AnnotatorClient(server.origin, links[0]!.url.split("#")[1]!);
  await annotator.judgeUntil(() => annotator.sent.filter((one) => one.acknowledged).length === PROMPTS);
  await prepare(["study", "close", study], env);
}
