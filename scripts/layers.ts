import fs from "node:fs";
import path from "node:path";

/**
 * Checks that data flows one way: what each part of the house may import of the others.
 * A part that is not listed here may not be imported by any part, and imports nothing of ours.
 */
const PURE = ["contract"];
const GROUND = ["contract", "storage", "context"];
const FEATURE = [...GROUND, "statistics", "charts", "http", "rendering"];
const ALLOWED: Record<string, readonly string[]> = {
  contract: [],
  statistics: PURE,
  charts: PURE,
  "report-document": ["contract", "charts"],
  rendering: PURE,
  migrations: [],
  storage: ["contract", "migrations"],
  context: ["storage", "contract"],
  config: ["contract"],
  "in-project": [],
  http: GROUND,
  accounts: FEATURE,
  studies: [...FEATURE, "accounts"],
  assignments: [...FEATURE, "accounts", "studies"],
  judgments: [...FEATURE, "accounts", "studies", "assignments"],
  loading: [...FEATURE, "accounts", "studies", "assignments", "judgments"],
  "model-servers": GROUND,
  judges: [...FEATURE, "accounts", "studies", "assignments", "judgments", "loading", "model-servers"],
  generation: [...FEATURE, "accounts", "studies", "loading", "model-servers"],
  links: [...FEATURE, "studies", "assignments"],
  planning: [...FEATURE],
  analysis: [...FEATURE, "report-document", "studies"],
  reports: [...FEATURE, "report-document", "accounts", "studies", "analysis"],
  "drill-down": [...FEATURE, "studies", "analysis", "reports"],
  export: [...FEATURE, "report-document", "studies", "analysis", "reports"],
  demo: [...FEATURE, "studies", "loading", "in-project"],
};
const FEATURES = [
  ...["accounts", "studies", "assignments", "judgments", "loading", "model-servers", "judges", "generation"],
  ...["links", "planning", "analysis", "drill-down", "reports", "export"],
];
ALLOWED.app = [...FEATURE, "report-document", ...FEATURES];
ALLOWED.commands = [...ALLOWED.app, "app", "config", "demo", "in-project"];
ALLOWED.main = [...ALLOWED.commands, "commands"];
/** Stores that another feature may still read: reading is a public function there, and says so. */
const SHARED_STORES = new Set(["server/studies/store.ts"]);

const root = path.resolve(import.meta.dirname, "..");
const problems: string[] = [];

for (const file of ["server", "migrations", "client"].flatMap((folder) => sources(path.join(root, folder)))) {
  const text = fs.readFileSync(file, "utf8");
  for (const match of text.matchAll(/(import|export)\s[^;]*?from\s+"(\.[^"]+)"/g)) {
    check(file, { target: path.resolve(path.dirname(file), match[2] ?? ""), clause: match[0] });
  }
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

function check(file: string, imported: { target: string; clause: string }): void {
  const [from, to] = [partOf(file), partOf(imported.target)];
  const names = `${path.relative(root, file)} imports ${path.relative(root, imported.target)}`;
  if (from === "client") {
    const open = ["client", "contract", "charts", "report-document"].includes(to);
    if (!open) problems.push(`${names}: the client imports contract, charts and report-document only.`);
    else if (to === "contract" && !/^(import|export) type/.test(imported.clause)) {
      problems.push(`${names}: the client takes types only from the contract.`);
    }
    return;
  }
  if (from !== to && !(ALLOWED[from] ?? []).includes(to))
    problems.push(`${names}: ${from} may not import ${to}.`);
  const store = imported.target.endsWith("/store.ts") && from !== to;
  if (store && !SHARED_STORES.has(path.relative(root, imported.target))) {
    problems.push(`${names}: a feature's store is its own.`);
  }
}

/** The part of the house that a file belongs to: the folder below server/, or its own name at the top. */
function partOf(file: string): string {
  const [top = "", second = ""] = path.relative(root, file).split(path.sep);
  return top === "server" ? second.replace(/\.tsx?$/, "") : top;
}

function sources(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    return /\.(ts|tsx)$/.test(name) ? [path.join(folder, name)] : [];
  });
}
