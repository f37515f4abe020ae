import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Which SQLite package this Node.js takes, installing the one for Node 20, and why none can be used. better-sqlite3 13
 * brings its binaries along and crashes Node 20; version 12, for that one, stands in a folder of its own
 * (docs/decisions/0017-sqlite-packages.md).
 */
const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const DRIVER = path.join(ROOT, "sqlite-driver");

/** What building version 12 takes, as commands and as the Debian packages that hold them. */
const TOOLS = [
  { commands: ["python3", "python"], name: "python3" },
  { commands: ["make"], name: "make" },
  { commands: ["g++", "c++", "clang++"], name: "g++" },
];

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isNode20 = major === 20;

/** Why this Node.js cannot run Tiebreak, in one line; null where it can. */
export function nodeFault() {
  if ((isNode20 && minor >= 20) || major >= 22) return null;
  return `Tiebreak needs Node.js 22 or newer, or 20.20; this is ${process.versions.node}.`;
}

/**
 * Why SQLite files cannot be used here, in one line that says what to do; null where they can.
 * @param {Record<string, string | undefined>} env where `PATH` is read
 */
export function sqliteFault(env = process.env) {
  try {
    const Database = createRequire(import.meta.url)(path.join(DRIVER, "index.cjs"));
    new Database(":memory:").close();
    return null;
  } catch (error) {
    return `better-sqlite3 ${isNode20 ? faultOf12(error, env) : faultOf13(error)}`;
  }
}

function faultOf13(error) {
  if (error.code === "MODULE_NOT_FOUND" && String(error).includes("'better-sqlite3'"))
    return `is not installed: it was left out (--omit=optional), or installed under Node.js 20. ${INSTALL}`;
  if (error.code === "MODULE_NOT_FOUND")
    return `has no binary for ${platformName()}; it brings them for Linux (glibc and musl), macOS and Windows, each x64 and arm64. There: ${INSTALL} Elsewhere use PostgreSQL: --database postgres://…`;
  const [reason] = error.message.split("\n");
  return `cannot be loaded on ${platformName()} (${reason}). ${INSTALL} Or use PostgreSQL: --database postgres://…`;
}

function faultOf12(error, env) {
  const again = `npm ci --prefix ${DRIVER}`;
  if (String(error).includes("Could not locate the bindings file"))
    return `was installed without its script (--ignore-scripts). Run: ${again} --ignore-scripts=false`;
  const missing = TOOLS.filter(({ commands }) => !commands.some((name) => isOnPath(name, env)));
  if (missing.length === 0) return `for Node.js 20 is not installed. Run: ${again}`;
  const names = missing.map(({ name }) => name);
  const debian = `on Debian or Ubuntu: apt-get install ${names.join(" ")}`;
  return `for Node.js 20 is not installed: to build it where it cannot be downloaded, ${listed(names)} missing (${debian}). Use Node.js 22 or newer, which needs no compiler, or then run: ${again}`;
}

/** What to do where the package is missing, in a clone and in an installed package. */
const INSTALL = fs.existsSync(path.join(ROOT, "package-lock.json"))
  ? "Run: npm ci --include=optional"
  : "Install tiebreak-eval again with --include=optional.";

const isMusl = () =>
  process.platform === "linux" && process.report.getReport().header.glibcVersionRuntime === undefined;
const platformName = () => `${process.platform}${isMusl() ? " (musl)" : ""} ${process.arch}`;

const isOnPath = (command, { PATH = "" }) =>
  PATH.split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, command)));

function listed(names) {
  if (names.length === 1) return `${names[0]} is`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)} are`;
}

/** Settings of the install under way that would send version 12 elsewhere, or leave it out. */
const NOT_FOR_12 =
  /^npm_config_(global|location|prefix|local_prefix|omit|include|save.*|workspace.*|dry_run)$/i;

/** Installs version 12 from its own lock file, with the npm that runs this script. */
function install12() {
  console.error(
    "Node.js 20: installing better-sqlite3 12, which may be compiled here (about two minutes). Node.js 22 and newer need no compiler.",
  );
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_FOR_12.test(name)));
  const cli = path.join(path.dirname(process.env.npm_execpath ?? ""), "npm-cli.js");
  const [command, ...before] = fs.existsSync(cli) ? [process.execPath, cli] : ["npm"];
  const args = [...before, "ci", "--no-audit", "--no-fund", "--loglevel=error"];
  spawnSync(command, args, { cwd: DRIVER, env, stdio: ["ignore", "ignore", "pipe"] });
}

function install() {
  const isLeftOut = (process.env.npm_config_omit ?? "").split(/\s+/).includes("optional"); // for PostgreSQL alone
  const wrongNode = nodeFault();
  if (wrongNode === null && isLeftOut) return null;
  if (wrongNode === null && isNode20 && sqliteFault() !== null) install12();
  return wrongNode ?? sqliteFault();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const fault = install();
  if (fault !== null) {
    console.error(fault);
    process.exitCode = 1;
  }
}
