import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** What building better-sqlite3 takes, as commands and as the Debian packages that hold them. */
const TOOLS = [
  { commands: ["python3", "python"], name: "python3" },
  { commands: ["make"], name: "make" },
  { commands: ["g++", "c++", "clang++"], name: "g++" },
];

/**
 * Why the one compiled package cannot be used, in one line that says what to do; null where it can. Its
 * ready-made file is fetched by npm, and built here where it cannot be fetched.
 * @param {Record<string, string | undefined>} env where `PATH` is read
 */
export function nativeFault(env = process.env) {
  try {
    const Database = createRequire(import.meta.url)("better-sqlite3");
    new Database(":memory:").close();
    return null;
  } catch (error) {
    return `better-sqlite3 ${reasonOf(error, env)}`;
  }
}

function reasonOf(error, env) {
  if (String(error).includes("NODE_MODULE_VERSION"))
    return "was installed for another version of Node.js. Run: npm ci";
  if (String(error).includes("Could not locate the bindings file"))
    return "was installed without its script (--ignore-scripts). Run: npm rebuild better-sqlite3 --ignore-scripts=false";
  const missing = TOOLS.filter(({ commands }) => !commands.some((name) => isOnPath(name, env)));
  if (missing.length === 0)
    return "is not installed. Run: npm ci --foreground-scripts (which shows why, where it fails)";
  const names = missing.map(({ name }) => name);
  const debian = `on Debian or Ubuntu: apt-get install ${names.join(" ")}`;
  return `is not installed: to build it where it cannot be fetched ready-made, ${listed(names)} missing (${debian}). Then run: npm ci`;
}

const isOnPath = (command, { PATH = "" }) =>
  PATH.split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, command)));

function listed(names) {
  if (names.length === 1) return `${names[0]} is`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)} are`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const isLeftOut = (process.env.npm_config_omit ?? "").split(/\s+/).includes("optional"); // for PostgreSQL alone
  const fault = isLeftOut ? null : nativeFault();
  if (fault !== null) {
    console.error(fault);
    process.exitCode = 1;
  }
}
