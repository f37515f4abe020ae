import { describe, expect, it } from "vitest";
import { issuedLinks } from "../../../server/links/issued-links.ts";
import { shareResults } from "../../../server/reports/share.ts";
import { bearer, ORIGIN, ownerHeaders, testApp } from "../../support/app.ts";
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
