import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandsOf, readPage } from "../support/page-commands.ts";
import { hasPython, hasPythonPackages, isInstalled } from "../support/programs.ts";
import { tiebreakOk } from "../support/server.ts";

const PAGE = "docs/python.md";
const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-python-"));
const env = { DATABASE_URL: path.join(folder, "study.db") };
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const blocksIn = (language: string): string[] =>
  [...readPage(PAGE).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, code = ""]) => code,
  );
const python = (code: string): string =>
  execFileSync("python3", ["-c", code], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, MPLBACKEND: "Agg" },
  });

beforeAll(async () => {
  await tiebreakOk(["demo", "simulated"], env);
  for (const { args } of commandsOf(PAGE)) {
    const at = args.indexOf(">");
    const command = args.slice(0, at).map((one) => (one === "haiku" ? "demo" : one));
    fs.writeFileSync(path.join(folder, args[at + 1]!), await tiebreakOk(command, env));
  }
  fs.copyFileSync(path.join(ROOT, "python/tiebreak_report.py"), path.join(folder, "tiebreak_report.py"));
});

describe("the page about Python, R and JavaScript", () => {
  it("has a file for Python whose figures are those of the CSV file, wherever there is Python", () => {
    expect(fs.readdirSync(folder)).toEqual(expect.arrayContaining(["figures.csv", "report.json"]));
    if (!hasPython()) return;
    const compared = python(`
import csv, tiebreak_report as report
def cells(row):
    def cell(value):
        try: return repr(float(value))
        except (TypeError, ValueError): return value or ""
    return tuple(cell(row[name]) for name in report.COLUMNS)
with open("figures.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
own = report.figures(report.read("report.json"))
assert set(rows[0]) == set(report.COLUMNS), rows[0].keys()
for one, other in zip(sorted(map(cells, own)), sorted(map(cells, rows))):
    assert one == other, (one, other)
print(len(own), len(rows))`);
    const [own, rows] = compared.trim().split(" ");
    expect(Number(own)).toBeGreaterThan(1000);
    expect(own).toBe(rows);
  });

  it("runs its blocks for Python and R where their packages are", () => {
    if (hasPython() && hasPythonPackages("pandas, matplotlib")) {
      const shown = "print(len(frame), len(pairs), len(axes.get_yticklabels()))";
      expect(python([...blocksIn("python"), shown].join("\n")).trim()).toMatch(/^\d{4} 5 5$/);
    }
    if (isInstalled("R", ["Rscript", "--version"]))
      execFileSync("Rscript", ["-e", blocksIn("r").join("\n")], { cwd: folder });
  });

  it("shows a module that is there, with the values of the report's own functions", () => {
    fs.mkdirSync(path.join(folder, "node_modules"));
    fs.symlinkSync(ROOT, path.join(folder, "node_modules/tiebreak-eval"));
    fs.writeFileSync(path.join(folder, "own.mjs"), blocksIn("js").join("\n"));
    const output = execFileSync(process.execPath, ["own.mjs"], { cwd: folder, encoding: "utf8" });
    expect(output).toContain("low: 0.4313608");
    expect(output).toContain("[ 0.02, 0.04 ]");
  });
});
