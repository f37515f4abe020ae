import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { inject } from "vitest";
import { hostServer } from "./hosted-server.ts";
import { prepare } from "./in-process.ts";
import type { RunningServer } from "./server.ts";

export interface BrowserStudy {
  readonly env: { DATABASE_URL: string };
  readonly server: RunningServer;
  /** Personal links of new annotators. */
  invite(count: number): Promise<string[]>;
  /** A new open link; the one before it stops working. */
  openLink(): Promise<string>;
  /** A link that signs in to the desk. */
  ownerLink(): Promise<string>;
  end(): Promise<void>;
}

export interface Names {
  readonly study: string;
  readonly target: string;
  readonly baseline: string;
  readonly group: string;
  /** Begins every prompt's id. */
  readonly prompt: string;
  /** Begins every file's name. */
  readonly file: string;
  readonly seed: string;
}

type Text = string | readonly string[];

interface Shape {
  readonly prompts: number;
  /** Wanted of each comparison; 2 if not said. */
  readonly judgments?: number;
  /** The most that one annotator judges. */
  readonly each?: number;
  /** Of prompt i: its text and the two answers; of a conversation each as a list of turns. */
  readonly texts?: (i: number) => [Text, Text, Text];
  readonly guidelines?: string;
  /** Languages of the question, with our own texts; English alone if not said. */
  readonly languages?: readonly string[];
  /** YAML of `study rules set`. */
  readonly rules?: string;
  /** Whom annotators write to. */
  readonly contact?: string;
  /** More rows to load, such as checks. */
  readonly rows?: readonly object[];
  /** More options of `study create`. */
  readonly flags?: readonly string[];
  /** Where people reach the server, if not at its own address. */
  readonly publicUrl?: string;
}

const PLAIN_NAMES: Names = {
  study: "study",
  target: "ours",
  baseline: "theirs",
  group: "crowd",
  prompt: "p",
  file: "f",
  seed: "seed",
};

/** An open study on a running server, loaded by the command line; every pair's texts say which prompt they are of. */
export async function browserStudy(
  shape: Shape,
  names: Names = PLAIN_NAMES,
  command: typeof prepare = prepare,
): Promise<BrowserStudy> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-browser-"));
  const env = { DATABASE_URL: path.join(folder, "study.db") };
  // The built command line, as benchmarks run it without vitest, makes the database itself.
  if (command === prepare) fs.copyFileSync(inject("sqliteTemplate"), env.DATABASE_URL);
  const texts = shape.texts ?? ((i) => [`Question ${i}?`, `First answer to ${i}.`, `Second answer to ${i}.`]);
  const files = ["prompts", "target", "baseline"].map((kind, column) => {
    const rows = Array.from({ length: shape.prompts }, (_, i) => {
      const text = texts(i)[column];
      const system = column === 1 ? names.target : names.baseline;
      return {
        prompt_id: `${names.prompt}${i}`,
        ...(column === 0 ? { prompt: text } : { system, output: text }),
      };
    });
    const file = path.join(folder, `${names.file}-${kind}.jsonl`);
    fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    return file;
  });
  if (shape.rows) {
    files.push(path.join(folder, `${names.file}-more.jsonl`));
    fs.writeFileSync(files.at(-1)!, shape.rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }
  const { study, target, baseline, seed, group } = names;
  const groupSpec = `${group}:crowd,judgments=${shape.judgments ?? 2}${shape.each ? `,each=${shape.each}` : ""}`;
  const create = ["study", "create", study, "--target", target, "--baseline", baseline];
  const contact = shape.contact === undefined ? [] : ["--contact", shape.contact];
  const wording = path.join(folder, "wording.json");
  fs.writeFileSync(wording, JSON.stringify({ en: { guidelines: shape.guidelines ?? null } }));
  const words = shape.languages ? ["--language", shape.languages.join(",")] : ["--wording", wording];
  await command(
    [...create, "--seed", seed, "--group", groupSpec, ...words, ...contact, ...(shape.flags ?? [])],
    env,
  );
  await command(["load", study, ...files], env);
  if (shape.rules !== undefined) {
    const rules = path.join(folder, "rules.yaml");
    fs.writeFileSync(rules, shape.rules);
    await command(["study", "rules", "set", study, rules], env);
  }
  await command(["study", "open", study], env);
  const server = await hostServer(env.DATABASE_URL, { publicUrl: shape.publicUrl });
  const links = async (...flags: string[]) => {
    const args = ["invite", study, "--group", group, ...flags, "--json"];
    const reply = JSON.parse(await command(args, env)) as { links: { url: string }[] };
    return reply.links.map((link) => link.url);
  };
  return {
    env,
    server,
    invite: (count) => links("--count", String(count)),
    openLink: async () => (await links("--open"))[0]!,
    ownerLink: async () => (JSON.parse(await command(["owner-link", "--json"], env)) as { url: string }).url,
    async end() {
      await server.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
