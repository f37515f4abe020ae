import path from "node:path";
import { checkLayers, findIdleRules, roomOf } from "./structure/check-layers.ts";
import { findCycles } from "./structure/cycles.ts";
import { isEntry } from "./structure/entries.ts";
import { findReachedPackages } from "./structure/reached-packages.ts";
import { readModule } from "./structure/module.ts";
import { RULES } from "./structure/rooms.ts";
import { readSourceFiles } from "./structure/source-files.ts";
import { findUnused } from "./structure/unused.ts";

/**
 * Checks how the code hangs together: who imports whom, circles, who writes which table, and what nobody uses.
 * Takes the repository's folder, this one by default; prints a line for each problem and ends with 1 where there is one.
 */
const root = path.resolve(process.argv[2] ?? path.resolve(import.meta.dirname, ".."));
const PLACES = ["server", "migrations", "client", "scripts", "bin", "tests"];
const SINGLE_FILES = ["sqlite-driver/index.cjs", "vite.config.ts", "vitest.config.ts", "eslint.config.js"];

const modules = readSourceFiles(root, [...PLACES, ...SINGLE_FILES]).map(readModule);
const rooms = modules.filter((module) => roomOf(module.path, RULES) !== null);
const problems = [
  ...checkLayers(rooms, RULES),
  ...findIdleRules(rooms, RULES),
  ...findReachedPackages(rooms, RULES),
  ...findCycles(modules),
  ...findUnused(modules, isEntry),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
