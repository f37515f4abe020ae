import { describe, expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { issuedLinks } from "../../../server/links/issued-links.ts";
import { takeSnapshot } from "../../../server/reports/snapshots.ts";
import { shareResults } from "../../../server/reports/share.ts";
import { appParts, bearer, ORIGIN, ownerHeaders, testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";

describe("an annotator in whose browser the results were shown", () => {
  it.each(["by a link to them", "on the dashboard"])(
    "is marked, in the links and the report: %s",
    async (how) => {
      const context = await testContext("sqlite");
      const { desk, tokens } = await openStudy(context, { prompts: 20, baselines: 1, annotators: 2 });
      const app = await testApp(context);
      const owner = await ownerHeaders(app, context);
      const notes = async () =>
        (await app.inject({ url: "/api/studies/s/report", headers: owner })).json<{ notes: string[] }>()
          .notes;
      const { token: share } = await shareResults(context, { study: "s", by: "test" });
      const read =
        how === "on the dashboard"
          ? { url: "/api/studies/s/report", headers: owner }
          : { url: "/api/results", headers: bearer(share) };
      const reader = (await app.inject(read)).cookies.find(({ name }) => name === "tiebreak_reader");
      expect(reader).toMatchObject({ httpOnly: true, sameSite: "Strict" });
      const judge = async (token: string, cookie: string) => {
        const { buffer } = await desk.workFor(token, []);
        const payload = judgmentOf(buffer[0]!, "left");
        const headers = { ...bearer(token), cookie, origin: ORIGIN };
        const call = { method: "POST" as const, url: "/api/judge/judgments", headers, payload };
        expect((await app.inject(call)).json()).toMatchObject({ accepted: true });
      };
      await judge(tokens[0]!, "tiebreak_reader=another");
      expect((await notes()).join()).not.toContain("had shown the results");
      await judge(tokens[1]!, `tiebreak_reader=${reader?.value ?? ""}`);
      expect(await notes()).toContainEqual(
        expect.stringContaining("1 annotator has judged in a browser that had shown"),
      );
      const saw = (await issuedLinks(context, "s")).map(({ sawResultsAt }) => sawResultsAt !== undefined);
      expect(saw).toEqual([false, true, false]);
    },
  );
});

/** Every route that needs the right to see results, and whether it shows any. */
const SHOWN_BY: Readonly<Record<string, boolean>> = {
  "GET /api/studies/:study/report": true,
  "GET /api/studies/:study/report/:format": true,
  "GET /api/studies/:study/export": true,
  "GET /api/studies/:study/pack": true,
  "GET /api/studies/:study/judged": true,
  "GET /api/studies/:study/pilot": true,
  "POST /api/studies/:study/verify": true,
  "GET /api/results": true,
  "GET /api/results/judged": true,
  "GET /api/studies/:study/beside": true,
  "GET /api/studies/:study/paper": true,
  "GET /api/studies/:study/paper/figures/:name": true,
  "GET /api/studies/:study/paper/tables/:name": true,
  "GET /api/studies/:study/paper/methods": true,
  "GET /api/studies/:study/paper/references": true,
  "GET /api/studies/:study/amendments": false, // what was changed, and how many judgments there are
  "GET /api/studies/:study/warnings": false, // oddities of texts
  "GET /api/studies/:study": false, // names of systems, and how many judgments there are
  "GET /api/studies/:study/blinding": false, // excerpts by system, whatever was judged
  "GET /api/studies/:study/judge-runs": false, // calls and costs
  "GET /api/studies/:study/judge-calls": true,
  "GET /api/studies/:study/judge-template": false, // the prompt for models
};

/** What some of them must be asked. */
const QUERIES: Readonly<Record<string, string>> = { export: "?as=csv", beside: "?with=s" };

describe("what shows results", () => {
  it("notes the browser and the account, whichever way it is asked", async () => {
    const context = await testContext("sqlite");
    const { desk, tokens } = await openStudy(context, { prompts: 20, baselines: 1, annotators: 2 });
    for (const token of tokens)
      for (const assignment of (await desk.workFor(token, [])).buffer)
        await recordJudgment(desk, token, judgmentOf(assignment, "left"));
    const routes: string[] = [];
    const onRoute = ({
      method,
      url,
      access,
    }: {
      method: string;
      url: string;
      access: string | undefined;
    }) => {
      // by who has seen the comparison, or the list of calls
      const isWritten = /\/(notes|adjudication|comparisons|judge-calls\/:id)\b/.test(url);
      if (method !== "HEAD" && !isWritten && (access === "results" || access === "reader"))
        routes.push(`${method} ${url}`);
    };
    const app = await buildApp({ ...appParts(context), onRoute });
    await app.ready();
    expect(routes.sort()).toEqual(Object.keys(SHOWN_BY).sort());

    const owner = await ownerHeaders(app, context);
    const account = { name: "Ada", email: "ada@example.org", password: "correct horse battery" };
    await app.inject({ method: "POST", url: "/api/account", headers: owner, payload: account });
    const { token: share } = await shareResults(context, { study: "s", frozen: false, by: "test" });
    await takeSnapshot(context, { study: "s", reason: "test", by: "test" });
    const noted = async () => {
      const rows = await context.database.read(({ db }) =>
        db.selectFrom("results_reader").select("browser_hash").execute(),
      );
      await context.database.transact(({ db }) => db.deleteFrom("results_reader").execute());
      return rows.length;
    };
    const missing: string[] = [];
    for (const [route, isShown] of Object.entries(SHOWN_BY)) {
      const [method, path] = route.split(" ") as ["GET" | "POST", string];
      const url = path.replace(":study", "s").replace(":format", "csv").replace(":name", "pairs");
      const query = QUERIES[path.split("/").at(-1)!] ?? (path.includes("/figures/") ? "?format=svg" : "");
      const headers = path.startsWith("/api/results") ? { ...owner, ...bearer(share) } : owner;
      const payload = method === "GET" ? "" : {};
      const reply = await app.inject({ method, url: url + query, headers, payload });
      expect(reply.statusCode, `${route}: ${reply.body.slice(0, 200)}`).toBeLessThan(400);
      if ((await noted()) !== (isShown ? 2 : 0)) missing.push(route);
    }
    expect(missing).toEqual([]);
  });
});
