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

it.runIf(hasPackages)("the page about Python makes a study, where Python has its packages", async () => {
  const { origin, token, close } = await listeningApp();
  const blocks = [...readPage("docs/python.md").matchAll(/^```py\n([\s\S]*?)^```$/gm)].map(
    ([, code]) => code,
  );
  const env = { ...process.env, TIEBREAK_SERVER: origin, TIEBREAK_TOKEN: token };
  const run = promisify(execFile)("python3", ["-c", [...blocks, SHOWN].join("\n")], { env });
  const { stdout } = await run.finally(close);
  const last = stdout.trim().split("\n").at(-1) ?? "";
  expect(JSON.parse(last)).toEqual([2, 5, "open", 0, 2, "same"]);
});
