import { execFile, spawnSync } from "node:child_process";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import { createToken } from "../../../server/accounts/tokens.ts";
import { RIGHTS } from "../../../server/contract/rights.ts";
import { appParts } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { readPage } from "../../support/page-commands.ts";

const SHOWN = `
import json
print(json.dumps([outlook["comparisons"], len(links), study["state"], study["judged"], len(judgments), same]))
assert {"section", "figure", "value"} <= set(figures.columns) and len(figures) > 20
assert "tabular" in latex and results.startswith(server) and snapshot["number"] == 1
`;
const hasPackages = spawnSync("python3", ["-c", "import requests, pandas"]).status === 0;

it.runIf(hasPackages)("the page about Python makes a study, where Python has its packages", async () => {
  const context = await testContext("sqlite");
  let origin = "http://127.0.0.1";
  const app = await buildApp({ ...appParts(context), origin: () => origin, origins: () => [origin] });
  await app.listen({ host: "127.0.0.1", port: 0 });
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const given = { name: "notebook", scopes: RIGHTS, study: null, accountId: null, rights: null };
  const { token } = await createToken(context, given);
  const blocks = [...readPage("docs/python.md").matchAll(/^```py\n([\s\S]*?)^```$/gm)].map(
    ([, code]) => code,
  );
  const env = { ...process.env, TIEBREAK_SERVER: origin, TIEBREAK_TOKEN: token };
  const run = promisify(execFile)("python3", ["-c", [...blocks, SHOWN].join("\n")], { env });
  const { stdout } = await run.finally(() => app.close());
  const last = stdout.trim().split("\n").at(-1) ?? "";
  expect(JSON.parse(last)).toEqual([2, 5, "open", 0, 2, "same"]);
});
