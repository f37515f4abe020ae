import { expect, it } from "vitest";
import type { Paper } from "../../../server/contract/paper.ts";
import { shareResults } from "../../../server/reports/share.ts";
import { bearer, HOST, ownerHeaders, testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { StudyRows } from "../../support/study-rows.ts";

it("gives whoever may read the results a figure, a table, the methods and their references, and nobody else", async () => {
  const context = await testContext("sqlite");
  const groups = [{ name: "crowd", kind: "crowd" as const }];
  const rows = (name: string, firstId: number) => {
    const study = new StudyRows(context, { name, groups, systems: ["نموذج", "通义千问"] }, firstId);
    const by = { left: "نموذج", right: "通义千问", group: "crowd" };
    for (let i = 0; i < 12; i += 1)
      study.judge({ ...by, prompt: `p${i}`, annotator: `a${i % 3}`, choice: i % 3 === 0 ? "tie" : "left" });
    return study.write();
  };
  await rows("s", 1);
  await rows("other", 5000);
  const app = await testApp(context);
  const owner = await ownerHeaders(app, context);
  const live = bearer((await shareResults(context, { study: "s", frozen: false, by: "test" })).token);
  const frozen = bearer((await shareResults(context, { study: "s", frozen: true, by: "test" })).token);
  const get = (path: string, headers: Record<string, string>) =>
    app.inject({ url: `/api/studies/s/paper${path}`, headers });

  for (const headers of [owner, live, frozen]) {
    const { figures, tables } = (await get("", headers)).json<Paper>();
    expect(figures.map(({ name }) => name)).toContain("pairs");
    expect(tables.map(({ name }) => name)).toContain("pairs-1");
    const pdf = await get("/figures/pairs?width=column", headers);
    expect(pdf.headers["content-type"]).toBe("application/pdf");
    expect(pdf.rawPayload.toString("latin1", 0, 5)).toBe("%PDF-");
    expect((await get("/figures/pairs?format=svg", headers)).body).toContain("通义千问");
    expect((await get("/tables/pairs", headers)).body).toContain("\\label{tab:s-pairs-1}");
    const methods = (await get("/methods?format=latex", headers)).body;
    const references = (await get("/references", headers)).body;
    for (const [, keys = ""] of methods.matchAll(/\\cite\{([^}]+)\}/g))
      for (const key of keys.split(",")) expect(references).toContain(`{${key},`);
    expect(methods.includes("judgments with sha256")).toBe(headers === frozen);
    const unknown = await get("/figures/nothing", headers);
    expect([unknown.statusCode, unknown.json()]).toMatchObject([404, { error: "FigureNotFound" }]);
  }
  // what the list names is there under its name, whichever block it needs: one of each section
  const { figures, tables } = (await get("", owner)).json<Paper>();
  for (const [kind, items] of Object.entries({ figures, tables }))
    for (const { name } of new Map(items.map((item) => [item.section, item])).values())
      expect((await get(`/${kind}/${name}`, owner)).statusCode, name).toBe(200);
  for (const headers of [live, frozen]) {
    const elsewhere = await app.inject({ url: "/api/studies/other/paper/methods", headers });
    expect(elsewhere.statusCode).toBe(401);
  }
  expect((await get("/figures/pairs", HOST)).statusCode).toBe(401);
  // a link opens the report that it was made for, and members any that was saved
  expect((await get("/methods?snapshot=1", owner)).statusCode).toBe(200);
  expect((await get("/methods?snapshot=1", live)).statusCode).toBe(401);
});
