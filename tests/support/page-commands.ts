import fs from "node:fs";
import path from "node:path";
import { withVerb } from "../../server/commands/support/verbs.ts";
import { tiebreakInProcess } from "./in-process.ts";
import { type RunningServer, startServer, tiebreak } from "./server.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** A command as a page shows it, with the variables of the environment that stand before it. */
interface PageCommand {
  readonly text: string;
  readonly env: Record<string, string>;
  readonly args: readonly string[];
}

/** What a page's commands run on, and what stands for what cannot be had here: the address of a server, a database. */
export interface PageGround {
  readonly env: Record<string, string>;
  readonly folder: string;
  readonly instead?: Readonly<Record<string, string>>;
}

export const readPage = (page: string): string => fs.readFileSync(path.join(ROOT, page), "utf8");

/** Every `npx tiebreak …` of a page, from its blocks and its running text, in order. */
export function commandsOf(page: string): PageCommand[] {
  return [...readPage(page).matchAll(/((?:[A-Z_]+=\S+ )*)npx tiebreak ([^`\n#]+)/g)].map(
    ([, variables = "", command = ""]) => ({
      text: `${variables}${command}`.trim(),
      env: Object.fromEntries(variables.trim().split(" ").filter(Boolean).map(asEntry)),
      args: wordsOf(command),
    }),
  );
}

/**
 * Runs a command of a page: in the test's own process, but for what serves, which is stopped once it answers, and what may
 * write a stream to standard output. Returns the command, its exit code and what it said.
 */
export async function runCommand(
  command: PageCommand,
  { env, folder, instead = {} }: PageGround,
  run: typeof tiebreak = command.args[0] === "export" ? tiebreak : runHere,
): Promise<string> {
  const replaced = (text: string) =>
    Object.entries(instead).reduce((all, [shown, here]) => all.replaceAll(shown, here), text);
  const own = Object.entries(command.env).map(([name, value]) => [name, replaced(value)] as const);
  const environment = { ...env, ...Object.fromEntries(own) };
  const args = command.args.map(replaced);
  const [verb = "", ...rest] = withVerb(args);
  if (verb === "serve" || verb === "compare")
    return `${command.text}: 0 ${await servesOnce({ verb, args: rest }, environment, folder)}`;
  const { code, stderr } = await run(args, environment, folder);
  return `${command.text}: ${code} ${stderr}`;
}

async function runHere(args: readonly string[], env: Record<string, string>, folder = ".") {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await tiebreakInProcess(args, env);
  } finally {
    process.chdir(before);
  }
}

async function servesOnce(
  command: { verb: string; args: readonly string[] },
  env: Record<string, string>,
  folder: string,
): Promise<string> {
  const server: RunningServer = await startServer({ ...env, BROWSER: "none" }, { ...command, folder });
  await server.stop();
  return server.output();
}

function asEntry(text: string): [string, string] {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
}

/** As a shell would have them. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain = ""]) => quoted ?? plain);
