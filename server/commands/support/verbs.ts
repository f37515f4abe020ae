import fs from "node:fs";
import type { Command } from "commander";

/** Adds a verb, with what it takes and does, to the program. */
type AddVerb = (program: Command) => void;

/** Every verb, in the order of the help; read from its file when it is needed, since each brings libraries of its own. */
const VERBS: Readonly<Record<string, () => Promise<AddVerb>>> = {
  serve: async () => (await import("../serve.ts")).serveCommand,
  study: async () => (await import("../study.ts")).studyCommand,
  compare: async () => (await import("../compare.ts")).compareCommand,
  load: async () => (await import("../load.ts")).loadCommand,
  blinding: async () => (await import("../blinding.ts")).blindingCommand,
  unload: async () => (await import("../unload.ts")).unloadCommand,
  rename: async () => (await import("../rename.ts")).renameCommand,
  recipe: async () => (await import("../recipe.ts")).recipeCommand,
  prompts: async () => (await import("../prompts.ts")).promptsCommand,
  generate: async () => (await import("../generate.ts")).generateCommand,
  invite: async () => (await import("../invite.ts")).inviteCommand,
  platform: async () => (await import("../platform.ts")).platformCommand,
  entry: async () => (await import("../entry.ts")).entryCommand,
  links: async () => (await import("../links.ts")).linksCommand,
  messages: async () => (await import("../messages.ts")).messagesCommand,
  judge: async () => (await import("../judge.ts")).judgeCommand,
  report: async () => (await import("../report.ts")).reportCommand,
  notes: async () => (await import("../notes.ts")).notesCommand,
  plan: async () => (await import("../plan.ts")).planCommand,
  watch: async () => (await import("../watch.ts")).watchCommand,
  review: async () => (await import("../review.ts")).reviewCommand,
  exclude: async () => (await import("../exclude.ts")).excludeCommand,
  annotator: async () => (await import("../annotator.ts")).annotatorCommand,
  export: async () => (await import("../export.ts")).exportCommand,
  backup: async () => (await import("../backup.ts")).backupCommand,
  restore: async () => (await import("../restore.ts")).restoreCommand,
  demo: async () => (await import("../demo.ts")).demoCommand,
  token: async () => (await import("../token.ts")).tokenCommand,
  audit: async () => (await import("../audit.ts")).auditCommand,
  "owner-link": async () => (await import("../owner-link.ts")).ownerLinkCommand,
};

/**
 * The verbs that arguments can mean: the one that they begin with, else all, as for help, for a misspelt verb and where
 * an option stands first.
 */
export async function verbsFor([first = ""]: readonly string[]): Promise<AddVerb[]> {
  const read = Object.hasOwn(VERBS, first) ? [VERBS[first]!] : Object.values(VERBS);
  return Promise.all(read.map((one) => one()));
}

/** An ending of files that are compared, or a sign of a pattern. */
const FILE_NAME = /\.(jsonl|ndjson|json|csv|tsv|txt|parquet|xlsx|zip|gz|zst)(:.*)?$|[*?]/i;

/** Arguments that begin with a file, maybe after options of every command, as they are meant: compare these files. */
export function withVerb(args: readonly string[]): readonly string[] {
  let at = 0;
  while (args[at] === "--json" || /^--(database|server)\b/.test(args[at] ?? ""))
    at += /^--(database|server)$/.test(args[at] ?? "") ? 2 : 1;
  const first = args[at] ?? "";
  if (first === "" || first.startsWith("-") || Object.hasOwn(VERBS, first)) return args;
  return FILE_NAME.test(first) || fs.existsSync(first) ? args.toSpliced(at, 0, "compare") : args;
}
