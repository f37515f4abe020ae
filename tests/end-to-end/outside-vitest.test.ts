import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { cleanUpLater } from "../support/clean-up.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SUPPORT = path.join(ROOT, "tests/support");
/** As `npm run bench -- --only=annotator` and `scripts/other-browsers.ts` begin. */
const SCRIPT = `
import { browserStudy } from "${SUPPORT}/browser-study.ts";
import { tiebreakOk } from "${SUPPORT}/server.ts";
const study = await browserStudy({ prompts: 1 }, undefined, tiebreakOk);
console.log((await study.invite(2)).length);
await study.end();
`;

it("a study for browsers is made outside vitest too, where benchmarks measure", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-outside-"));
  cleanUpLater(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "study.mts");
  fs.writeFileSync(file, SCRIPT);
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", file], { cwd: ROOT });
  expect(stdout.trim()).toBe("2");
});
