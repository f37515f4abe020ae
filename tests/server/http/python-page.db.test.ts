import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { listeningApp } from "../../support/listening-app.ts";
import { readPage } from "../../support/page-commands.ts";
import { hasPython, hasPythonPackages } from "../../support/programs.ts";

const SHOWN = `
print(json.dumps([outlook["comparisons"], len(links), study["state"], study["judged"], same]))
assert "tabular" in latex and results.startswith(server) and snapshot["number"] == 1
`;
const FRAMES = `
assert len(judgments) == 2 and {"section", "figure", "value"} <= set(figures.columns) and len(figures) > 20
`;

/** The addresses that the page calls, as the description of the interface names them. */
function calledIn(code: string): string[] {
  const calls = [...code.matchAll(/(?:call\("(\w+)", |table\()"([^"?]+)/g)];
  return calls.map(([, method = "GET", path = ""]) => {
    const named = path.replace("/haiku", "/{study}").replace(/report\/\w+$/, "report/{format}");
    return `${method.toLowerCase()} /api/${named}`;
  });
}

it("the page about Python calls what there is, makes a study with requests, and reads frames with pandas", async () => {
  const page = [...readPage("docs/python.md").matchAll(/^```py( frames)?\n([\s\S]*?)^```$/gm)];
  const blocks = page.map(([, , code = ""]) => code);
  const { paths } = JSON.parse(readPage("docs/openapi.json")) as { paths: Record<string, object> };
  const there = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const called = calledIn(blocks.join("\n"));
  expect(called.length).toBeGreaterThan(12);
  expect(there).toEqual(expect.arrayContaining(called));
  if (!hasPython() || !hasPythonPackages("requests")) return;
  const hasFrames = hasPythonPackages("pandas");
  const runnable = page.flatMap(([, frames, code = ""]) =>
    frames === undefined ? [code] : hasFrames ? [code, FRAMES] : [],
  );
  expect(runnable.length).toBeGreaterThan(5);
  const { origin, token, close } = await listeningApp();
  const env = { ...process.env, TIEBREAK_SERVER: origin, TIEBREAK_TOKEN: token };
  const run = promisify(execFile)("python3", ["-c", [...runnable, SHOWN].join("\n")], { env });
  const { stdout } = await run.finally(close);
  const last = stdout.trim().split("\n").at(-1) ?? "";
  expect(JSON.parse(last)).toEqual([2, 5, "open", 0, "same"]);
});

it("its script of thirty lines goes from files to a figure and a table, wherever there is Python", async () => {
  const [, code = ""] = /^```py paper\n([\s\S]*?)^```$/m.exec(readPage("docs/python.md")) ?? [];
  expect(code.split("\n").filter((line) => line !== "").length).toBeLessThanOrEqual(30);
  if (!hasPython()) return;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-rain-"));
  const write = (name: string, rows: readonly string[]) =>
    fs.writeFileSync(path.join(folder, name), `${rows.join("\n")}\n`);
  const ids = ["p1", "p2", "p3", "p4"];
  write(
    "prompts.jsonl",
    ids.map((id) => JSON.stringify({ prompt_id: id, prompt: `Why ${id}?` })),
  );
  for (const system of ["ours", "theirs"])
    write(
      `${system}.jsonl`,
      ids.map((id) => JSON.stringify({ prompt_id: id, output: `${system}: ${id}` })),
    );
  const votes = ids.map((id, i) => `${id},ours,theirs,${i % 2 ? "tie" : "left"},ann`);
  write("votes.csv", ["prompt_id,left_system,right_system,choice,annotator", ...votes]);
  const { origin, token, close } = await listeningApp();
  const env = { ...process.env, TIEBREAK_SERVER: origin, TIEBREAK_TOKEN: token };
  const run = await promisify(execFile)("python3", ["-c", code], { env, cwd: folder }).finally(close);
  expect(run.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/judge#[\w-]+\n$/);
  const made = (name: string) => fs.readFileSync(path.join(folder, name), "latin1");
  expect(JSON.parse(made("report.json"))).toMatchObject({ study: "rain", state: "open", judgments: 4 });
  expect(made("pairs.pdf")).toMatch(/^%PDF-/);
  expect(made("pairs.tex")).toContain("\\label{tab:rain-pairs-1}");
  expect(made("methods.tex")).toContain("\\cite{tiebreak}");
  expect(made("references.bib")).toContain("@misc{tiebreak,");
  fs.rmSync(folder, { recursive: true, force: true });
});
