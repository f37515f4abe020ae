import { sql } from "kysely";
import { expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import { appParts } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";

const ELSEWHERE = { host: "10.1.2.3:8080" };

it.each(DATABASES)(
  "a server on %s is ready while its database answers and is of its version",
  async (kind) => {
    const context = await testContext(kind);
    const stop = new AbortController();
    const app = await buildApp({ ...appParts(context), stopping: stop.signal });
    const ask = async (url: string) => {
      const { statusCode, body } = await app.inject({ url, headers: ELSEWHERE });
      return [statusCode, body];
    };
    expect(await ask("/readyz")).toEqual([200, "ready\n"]);
    const rename = (from: string, to: string) =>
      context.database.transact(({ db }) =>
        sql`update kysely_migration set name = ${to} where name = ${from}`.execute(db),
      );
    await rename("0009-sent-parameters", "0009-another");
    expect(await ask("/readyz")).toEqual([503, expect.stringContaining("another version")]);
    await rename("0009-another", "0009-sent-parameters");
    expect(await ask("/readyz")).toEqual([200, "ready\n"]);

    stop.abort();
    expect(await ask("/readyz")).toEqual([503, "The server is stopping.\n"]);
    expect(await ask("/healthz")).toEqual([200, "alive\n"]);
    expect((await app.inject({ url: "/api/plan", headers: ELSEWHERE })).statusCode).toBe(421);
    await app.close();
  },
);

it("a server whose database is away is alive and not ready, and says no more", async () => {
  const context = await testContext("postgres");
  const app = await buildApp(appParts(context));
  await context.database.close();
  const { statusCode, body } = await app.inject({ url: "/readyz", headers: ELSEWHERE });
  expect([statusCode, body]).toEqual([503, "The database does not answer.\n"]);
  expect((await app.inject({ url: "/healthz", headers: ELSEWHERE })).statusCode).toBe(200);
  await app.close();
});
