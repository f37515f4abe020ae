import { describe, expect, it } from "vitest";
import { exclude } from "../../../server/assignments/exclude.ts";
import type { Watched } from "../../../server/contract/watching.ts";
import { reportsHere } from "../../../server/reports/report-service.ts";
import { everyAnnotator, watchAnnotators, watchedRows } from "../../../server/watching/annotators.ts";
import { bearer, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { addMember, tokenHeaders } from "../../support/members.ts";
import { judgeSome } from "../quality/quality-support.ts";
import { openWithCareless } from "./watching-support.ts";

describe.each(DATABASES)("the annotators of a study, on %s", (kind) => {
  it("stand with those on top who need a look, and name no system to a coordinator", async () => {
    const context = await testContext(kind);
    const { tokens } = await openWithCareless(context);
    const app = await testApp(context);
    const message = { text: "The picture is missing.", requestKey: "message-key-00000001" };
    const headers = bearer(tokens[3]!);
    await app.inject({ method: "POST", url: "/api/judge/messages", payload: message, headers });
    const coordinator = await addMember(context, { name: "Co", studies: { s: "coordinator" } });
    const as = await tokenHeaders(context, coordinator);
    const read = async (query = "") => {
      const reply = await app.inject({ url: `/api/studies/s/annotators${query}`, headers: as });
      expect(reply.statusCode, reply.body).toBe(200);
      expect(reply.body).not.toMatch(/"(?:t|b0)"|win|loss/);
      return reply.json<Watched>();
    };
    const all = await read();
    const looks = new Map(all.annotators.map(({ annotator, look }) => [annotator, look]));
    const [first, ...rest] = looks.keys();
    expect([first, rest.slice(0, 2).sort(), rest.slice(2)]).toEqual([
      "annotator-4", // who waits for an answer
      ["annotator-1", "annotator-2"],
      ["annotator-3", "annotator-5"],
    ]);
    expect(looks.get("annotator-1")).toContain("side");
    expect(looks.get("annotator-2")).toContain("speed");
    expect([looks.get("annotator-3"), looks.get("annotator-4")]).toEqual([[], ["message"]]);
    expect(all).toMatchObject({ total: 5, looks: 3, next: null });
    const of = (name: string) => all.annotators.find(({ annotator }) => annotator === name)!;
    expect(of("annotator-1")).toMatchObject({ judged: 24, left: { count: 24, of: 24 }, medianSeconds: 30 });
    expect(of("annotator-2")).toMatchObject({ fast: { count: 24, of: 24 }, medianSeconds: 1 });
    expect(of("annotator-3")).toMatchObject({ judged: 20, openPairs: 4, agreement: { of: 20 } });
    expect(of("annotator-5")).toMatchObject({ judged: 0, openPairs: 0, lastSeen: null, agreement: null });

    const page = await read("?limit=2");
    expect([page.annotators.length, page.looks]).toEqual([2, 3]);
    const second = await read(`?limit=9&after=${page.next}`);
    expect([...page.annotators, ...second.annotators]).toEqual(all.annotators);
    expect((await read("?group=authors")).annotators).toEqual([]);
  });

  it("are not looked at once they are excluded, and are rows for a spreadsheet", async () => {
    const context = await testContext(kind);
    await openWithCareless(context);
    const names = ["annotator-1", "annotator-2"];
    await exclude(context, { study: "s", annotators: names, rule: "careless", by: "test" });
    const watching = { context, reports: reportsHere(context) };
    const { looks, annotators } = await watchAnnotators(watching, { study: "s" });
    expect(looks).toBe(0);
    expect(annotators[0]).toMatchObject({ annotator: "annotator-1", excluded: "careless", judged: 24 });
    const [header, ...rows] = watchedRows((await everyAnnotator(watching, "s")).map(({ one }) => one));
    expect(rows.map((row) => row.length)).toEqual(rows.map(() => header!.length));
    expect(rows.map((row) => row[header!.indexOf("excluded")])).toEqual(["careless", "careless", "", "", ""]);
  });

  it("are asked of the report again only once something has changed", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openWithCareless(context);
    const here = reportsHere(context);
    let asked = 0;
    const answer: typeof here.answer = (request) => (asked++, here.answer(request));
    const watching = { context, reports: { ...here, answer } };
    const judged = async () => {
      const { annotators } = await watchAnnotators(watching, { study: "s" });
      return annotators.find(({ annotator }) => annotator === "annotator-3")?.judged;
    };
    expect([await judged(), await judged(), asked]).toEqual([20, 20, 1]);
    await judgeSome(desk, tokens[2]!, { most: 1 });
    expect([await judged(), asked]).toEqual([21, 2]);
    await exclude(context, { study: "s", annotators: ["annotator-2"], rule: "careless", by: "test" });
    expect((await watchAnnotators(watching, { study: "s" })).looks).toBe(1);
    expect(asked).toBe(3);
  });
});
