import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { exportStudy } from "../../../server/export/export-study.ts";
import { loadSources } from "../../../server/loading/load-sources.ts";
import { unload } from "../../../server/loading/unload/unload.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { backUp } from "../../../server/storage/backup.ts";
import { restore, verifyBackup } from "../../../server/storage/restore.ts";
import { deleteStudy } from "../../../server/studies/delete-study.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { fileOf, judgment, prompt, response } from "../loading/loading-support.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-progress-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const file = fileOf("votes.jsonl", [
  ...[1, 2, 3].map((i) => prompt(i, `p${i}`, `Question ${i}?`)),
  ...[1, 2, 3].flatMap((i) => [response(3 + i, `p${i}`, "A", "One"), response(6 + i, `p${i}`, "B", "Two")]),
  ...[1, 2, 3].map((i) => judgment(9 + i, { promptId: `p${i}`, annotator: `w${i}` })),
]);

/** Notes what it is called with. */
function noting() {
  const seen: (readonly [done: number, of: number])[] = [];
  return { seen, note: (done: number, of: number) => void seen.push([done, of]) };
}

it.each(DATABASES)("long work shows how far it is, up to its end, on %s", async (kind) => {
  const context = await testContext(kind);
  await createStudy(context, { name: "s", target: "A", baselines: ["B"] });
  const steps: string[] = [];
  const onStep = (what: string) => void steps.push(what);
  const said = { study: "s", dryRun: false, skipBad: false, yes: false, onStep };
  await loadSources(context, { ...said, sources: [file] });
  expect(steps).toContain("Publishing");

  const backup = path.join(folder, `${kind}.backup`);
  const [written, verified, restored] = [noting(), noting(), noting()];
  const { rows } = await backUp(context.database, backup, "2026-01-05T09:00:00.000Z", written.note);
  expect(written.seen.at(-1)).toEqual([rows, rows]);
  const whole = await verifyBackup(backup, (done) => verified.note(done, rows));
  expect(verified.seen.at(-1)).toEqual([rows, rows]);
  const options = { replace: true, stamp: "now", say: () => undefined, onRows: restored.note };
  await restore((await testContext(kind)).database, whole, options);
  expect(restored.seen.at(-1)).toEqual([rows, rows]);

  const exported = noting();
  const request = { study: "s", as: "jsonl", ties: "drop", spreadsheetSafe: false } as const;
  const to = { path: path.join(folder, `${kind}.jsonl`) };
  await exportStudy(context, { ...request, to, onJudgments: exported.note });
  expect(exported.seen.at(-1)).toEqual([3, 1]);

  const computed = noting();
  await buildFullReport(context, { study: "s" }, computed.note);
  expect(computed.seen.map(([done]) => done)).toEqual([...computed.seen.keys()]);
  expect(computed.seen.length).toBe(computed.seen[0]?.[1]);

  const unloaded = noting();
  const asked = { study: "s", loads: null, reason: null, copy: () => Promise.resolve(null), by: "test" };
  await unload(context, { ...asked, onRows: unloaded.note });
  const [done, of] = unloaded.seen.at(-1)!;
  expect(done).toBe(of);
  expect(of).toBeGreaterThanOrEqual(12);

  const deleted = noting();
  await deleteStudy(context, "s", deleted.note);
  expect(deleted.seen.length).toBe(deleted.seen[0]?.[1]);
});
