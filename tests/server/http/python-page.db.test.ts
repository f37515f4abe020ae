import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { listeningApp } from "../../support/listening-app.ts";
import { readPage } from "../../support/page-commands.ts";

const SHOWN = `
import json
print(json.dumps([outlook["comparisons"], len(links), study["state"], study["judged"], len(judgments), same]))
assert {"section", "figure", "value"} <= set(figures.columns) and len(figures) > 20
assert "tabular" in latex and results.startswith(server) and snapshot["number"] == 1
`;
const hasPackages = spawnSync("python3", ["-c", "import requests, pandas"]).status === 0;

/** The addresses that the page calls, as the description of the interface names them. */
function calledIn(code: string): string[] {
  const calls = [...code.matchAll(/(?:call\("(\w+)", |table\()"([^"?]+)/g)];
  return calls.map(([, method = "GET", path = ""]) => {
    const named = path.replace("/haiku", "/{study}").replace(/report\/\w+$/, "report/{format}");
    return `${method.toLowerCase()} /api/${named}`;
  });
}

it("the page about Python calls what there is, and makes a study where Python has its packages", async () => {
  const blocks = [...readPage("docs/python.md").matchAll(/^```py\n([\s\S]*?)^```$/gm)].map(
    ([, code = ""]) => code,
  );
  const { paths } = JSON.parse(readPage("docs/openapi.json")) as { paths: Record<string, object> };
  const there = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const called = calledIn(blocks.join("\n"));
  expect(called.length).toBeGreaterThan(12);
  expect(there).toEqual(expect.arrayContaining(called));
  if (!hasPackages) return;
  const { origin, token, close } = await listeningApp();
  const env = { ...process.env, TIEBREAK_SERVER: origin, TIEBREAK_TOKEN: token };
  const run = promisify(execFile)("python3", ["-c", [...blocks, SHOWN].join("\n")], { env });
  const { stdout } = await run.finally(close);
  const last = stdout.trim().split("\n").at(-1) ?? "";
  expect(JSON.parse(last)).toEqual([2, 5, "open", 0, 2, "same"]);
});
