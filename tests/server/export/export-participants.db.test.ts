import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { packParts } from "../../../server/export/pack-parts.ts";
import { linksText } from "../../../server/commands/support/links-text.ts";
import { exportStudy } from "../../../server/export/export-study.ts";
import { EXPORT_FORMATS } from "../../../server/export/formats.ts";
import { exportPack } from "../../../server/export/pack.ts";
import { issuedLinks } from "../../../server/links/issued-links.ts";
import { finishOf } from "../../../server/participants/finish.ts";
import { join } from "../../../server/participants/join.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { studyDetail } from "../../../server/studies/detail.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgeSome, setProlific, studyOf } from "../participants/participants-support.ts";
import { newPath } from "./export-support.ts";

const PID = "abcdef0123456789abcdef01";
const SESSION = "5e5510111111111111111111";
const THERE = "57d1e5222222222222222222";

it.each(DATABASES)("the ids of a platform are in no export, report, pack or list, on %s", async (kind) => {
  const context = await testContext(kind);
  const { desk } = await studyOf(context, 4, 4);
  const { link } = await setProlific(context);
  const query = `PROLIFIC_PID=${PID}&STUDY_ID=${THERE}&SESSION_ID=${SESSION}`;
  const token = await join(context, { link, query });
  await judgeSome(desk, token, 4);
  expect(await finishOf(desk, token)).toMatchObject({ finish: "completed" });
  const written: string[] = [];
  for (const as of EXPORT_FORMATS) {
    if (as === "pack") continue;
    const file = newPath(as);
    await exportStudy(context, {
      ...{ study: "s", as, ties: "drop", to: { path: file }, spreadsheetSafe: false },
    });
    written.push(fs.readFileSync(file, "latin1"));
  }
  const out = newPath("pack");
  await exportPack(context, { study: "s", out }, packParts());
  for (const name of fs.readdirSync(out, { recursive: true, encoding: "utf8" })) {
    const file = path.join(out, name);
    if (fs.statSync(file).isFile()) written.push(fs.readFileSync(file, "utf8"));
  }
  const links = await issuedLinks(context, "s");
  written.push(JSON.stringify([await buildFullReport(context, { study: "s" }), links]), linksText(links));
  written.push(JSON.stringify(await studyDetail(context, "s")));
  expect(written.length).toBeGreaterThan(15);
  for (const id of [PID, SESSION, THERE]) expect(written.filter((text) => text.includes(id))).toEqual([]);
});
