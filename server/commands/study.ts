import fs from "node:fs";
import type { Command } from "commander";
import { makeOwnerToken } from "../accounts/owner.ts";
import type { ConfigInput } from "../config.ts";
import type { ProtocolGroup, StudyDetail, Wording } from "../contract/studies.ts";
import { protocolPatchSchema, studyCreateSchema } from "../contract/studies.ts";
import { startRenderer } from "../rendering/rendering-pool.ts";
import { RENDERER_VERSION } from "../rendering/renderer-version.ts";
import { rendererWorkerUrl } from "../rendering/worker-url.ts";
import { listStudies, studyDetail } from "../studies/detail.ts";
import { DEFAULT_GROUP, DEFAULT_WORDING } from "../studies/default-protocol.ts";
import { ProtocolWrong } from "../studies/errors.ts";
import { links } from "../studies/links.ts";
import { renderTexts } from "../studies/renderings.ts";
import { changeState, createStudy } from "../studies/study.ts";
import { type Invocation, print, say, withDatabase } from "./run.ts";
import { studyLines, studyTable } from "./study-text.ts";

interface CommonFlags extends ConfigInput {
  readonly json?: boolean;
}

interface CreateFlags extends CommonFlags {
  readonly target?: string;
  readonly baseline: string[];
  readonly allPairs?: boolean;
  readonly title?: string;
  readonly seed?: string;
  readonly group: string[];
  readonly shared?: string;
  readonly wording?: string;
  readonly protocol?: string;
}

const collect = (value: string, list: string[]): string[] => [...list, value];
const BY = "command line";

export function studyCommand(program: Command): void {
  const study = program
    .command("study")
    .description("make, look at, open, pause and close studies")
    .addHelpText("after", "\nExample:\n  npx tiebreak study list");
  study
    .command("create <name>")
    .description("make a study, as a draft: nothing is judged before it opens")
    .option("--target <system>", "the system that the report is about")
    .option("--baseline <system>", "a system it is compared with; say it once for each", collect, [])
    .option("--all-pairs", "compare every system with every other instead")
    .option("--title <text>", "what annotators see as the title")
    .option(
      "--group <spec>",
      "NAME[:crowd|author|model][,judgments=N][,shared=N][,each=N]: judgments wanted of each comparison, " +
        "of each in the shared set, and the most that one annotator judges; once for each group",
      collect,
      [],
    )
    .option("--shared <prompts>", "prompts that every group judges first")
    .option("--seed <text>", "what order and sides are drawn from (random, if not said)")
    .option("--wording <file>", "a JSON file with question, left, tie, right, guidelines by language")
    .option("--protocol <file>", "a JSON file with any fields of the protocol")
    .addHelpText(
      "after",
      "\nExample:\n  npx tiebreak study create haiku --target ours --baseline theirs --group crowd,judgments=3,each=40",
    )
    .action(async (name: string, _f: unknown, command: Command) => create(name, command.optsWithGlobals()));
  simple(study, "show <name>", "everything about one study", show);
  simple(study, "list", "all studies with state and progress", list);
  simple(
    study,
    "preview <name>",
    "a link to the annotator's page as it will look; nothing is recorded",
    preview,
  );
  simple(study, "open <name>", "freeze the protocol and start handing out work", (name, flags) =>
    move(name, "open", flags),
  );
  simple(study, "pause <name>", "stop handing out work; judgments under way are accepted", (name, flags) =>
    move(name, "paused", flags),
  );
  simple(study, "close <name>", "end the study; judgments under way are accepted", (name, flags) =>
    move(name, "closed", flags),
  );
}

function simple(
  study: Command,
  usage: string,
  description: string,
  act: (name: string, flags: CommonFlags) => Promise<void>,
): void {
  const named = usage.includes("<");
  study
    .command(usage)
    .description(description)
    .addHelpText("after", `\nExample:\n  npx tiebreak study ${usage.replace("<name>", "haiku")}`)
    .action(async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      await act(named ? String(given[0]) : "", command.optsWithGlobals());
    });
}

async function create(name: string, flags: CreateFlags): Promise<void> {
  if (!flags.target && flags.baseline.length === 0 && !flags.allPairs) {
    throw new ProtocolWrong("Say --target and --baseline, or --all-pairs.");
  }
  const target = flags.allPairs ? {} : { target: flags.target, baselines: flags.baseline };
  const asked = { name, publicTitle: flags.title, seed: flags.seed, ...target };
  const parsed = studyCreateSchema.safeParse(asked);
  if (!parsed.success) throw new ProtocolWrong(parsed.error.issues.map((issue) => issue.message).join("\n"));
  const protocol = protocolFrom(flags);
  await withDatabase(flags, async ({ context }) => {
    await createStudy(context, { ...parsed.data, protocol });
    const detail = await studyDetail(context, name);
    if (flags.json) return print(JSON.stringify(detail));
    print(
      `Made the study ${name}, as a draft. Next:\n  npx tiebreak load ${name} FILE…\n  npx tiebreak study open ${name}`,
    );
  });
}

function protocolFrom(flags: CreateFlags) {
  const given = flags.protocol ? protocolPatchSchema.parse(readJson(flags.protocol)) : {};
  const wording = flags.wording ? (readJson(flags.wording) as Record<string, Partial<Wording>>) : null;
  const full = wording && {
    wording: Object.fromEntries(
      Object.entries(wording).map(([language, words]) => [language, { ...DEFAULT_WORDING, ...words }]),
    ),
  };
  const groups = flags.group.length > 0 ? { groups: flags.group.map(parseGroup) } : {};
  const shared = flags.shared === undefined ? {} : { sharedPrompts: Number(flags.shared) };
  const parsed = protocolPatchSchema.safeParse({ ...given, ...full, ...groups, ...shared });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new ProtocolWrong(faults.join("\n"));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw new ProtocolWrong(`${file} could not be read as JSON: ${String(error)}`);
  }
}

/** Reads `crowd:crowd,judgments=3,shared=6,each=40`. @throws ProtocolWrong */
export function parseGroup(spec: string): ProtocolGroup {
  const [head = "", ...settings] = spec.split(",");
  const [name = "", kind = name === "authors" ? "author" : "crowd"] = head.split(":");
  const group: Record<string, unknown> = { ...DEFAULT_GROUP, name, kind };
  const keys: Record<string, string> = {
    judgments: "judgments",
    shared: "sharedJudgments",
    each: "judgmentsPerAnnotator",
  };
  for (const setting of settings) {
    const [key = "", value = ""] = setting.split("=");
    const field = keys[key];
    if (!field || !/^\d+$/.test(value)) {
      throw new ProtocolWrong(`--group ${spec}: “${setting}” is none of judgments=N, shared=N, each=N.`);
    }
    group[field] = Number(value);
  }
  return group as ProtocolGroup;
}

async function show(name: string, flags: CommonFlags): Promise<void> {
  await withDatabase(flags, async ({ context }) => {
    const detail = await studyDetail(context, name);
    print(flags.json ? JSON.stringify(detail) : studyLines(detail));
  });
}

async function list(_name: string, flags: CommonFlags): Promise<void> {
  await withDatabase(flags, async ({ context }) => {
    const studies = await listStudies(context);
    print(flags.json ? JSON.stringify(studies) : studyTable(studies));
  });
}

async function preview(name: string, flags: CommonFlags): Promise<void> {
  await withDatabase(flags, async ({ context, origin }) => {
    await studyDetail(context, name);
    const url = links.preview(origin, name, await makeOwnerToken(context));
    print(flags.json ? JSON.stringify({ url }) : url);
  });
}

async function move(name: string, to: "open" | "paused" | "closed", flags: CommonFlags): Promise<void> {
  await withDatabase(flags, async (run) => {
    await changeState(run.context, { study: name, to, by: BY });
    if (to === "open") await renderAll(run);
    const detail: StudyDetail = await studyDetail(run.context, name);
    if (flags.json) return print(JSON.stringify(detail));
    print(`${name} is ${to}.`);
    if (to === "open") {
      const group = detail.protocol.groups.find((one) => one.kind !== "model")?.name ?? "crowd";
      print(
        `${detail.wanted} judgments are wanted. Next:\n  npx tiebreak invite ${name} --group ${group} --count 5`,
      );
    }
  });
}

/** With the server beside us the texts are rendered there; rendering here too does no harm and is done sooner. */
async function renderAll({ context }: Invocation): Promise<void> {
  const pool = startRenderer({ workerUrl: rendererWorkerUrl() });
  try {
    let told = 0;
    const onProgress = (rendered: number) => {
      if (rendered - told >= 5000) say(`${(told = rendered)} texts rendered …`);
    };
    const render = (texts: string[]) => pool.render(texts);
    await renderTexts(context, { version: RENDERER_VERSION, render }, { onProgress });
  } finally {
    await pool.close();
  }
}
