import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { migrate } from "../../server/storage/migrate.ts";
import { openDatabase } from "../../server/storage/open.ts";
import { AnnotatorClient } from "../support/annotator-client.ts";
import { testContext } from "../support/context.ts";
import { startPostgres } from "../support/postgres.ts";
import { startServer, tiebreak } from "../support/server.ts";
import { expectNothingLost } from "../support/slots.ts";
import { openStudy } from "../support/study.ts";

const ANNOTATORS = 50;
const BEFORE = 400;
const AFTER = 400;

let stop = async () => {};
afterEach(() => stop());

describe("a server on SQLite", () => {
  it("that is killed among 50 annotators loses nothing that it acknowledged", async () => {
    const context = await testContext("sqlite");
    const { tokens } = await openStudy(context, { prompts: 300, baselines: 5, annotators: ANNOTATORS });
    const env = { DATABASE_URL: context.url };
    const first = await startServer(env);
    stop = first.kill;
    const clients = tokens.map((token) => new AnnotatorClient(first.origin, token));
    const acknowledged = () =>
      clients.reduce((sum, client) => sum + client.sent.filter((one) => one.acknowledged).length, 0);

    let until = BEFORE;
    const working = Promise.all(clients.map((client) => client.judgeUntil(() => acknowledged() >= until)));
    until = BEFORE + AFTER;
    while (acknowledged() < BEFORE) await new Promise((resolve) => setTimeout(resolve, 1));
    await first.kill();
    const inFlight = clients.filter((client) => client.sent.some((one) => !one.acknowledged)).length;
    const second = await startServer(env, { port: first.port });
    stop = second.stop;
    await working;
    expect(inFlight).toBeGreaterThan(0);
    expect(acknowledged()).toBeGreaterThanOrEqual(BEFORE + AFTER);
    await second.stop();
    await expectNothingLost(
      context.database,
      clients.flatMap((client) => client.sent),
    );
  });

  it("refuses a second server on the same file, naming the first", async () => {
    const context = await testContext("sqlite");
    const env = { DATABASE_URL: context.url };
    const first = await startServer(env);
    stop = first.stop;
    const second = await tiebreak(["serve", "--no-demo", "--port", "0"], env);
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/process \d+/);
  });

  it("refuses a second server on the same file by another name, and goes on", async () => {
    const context = await testContext("sqlite");
    const first = await startServer({ DATABASE_URL: context.url });
    stop = first.stop;
    const folder = path.dirname(context.url);
    fs.symlinkSync(context.url, `${folder}/link.db`);
    fs.symlinkSync(folder, `${folder}/folder`);
    const refusals: [other: string, says: RegExp][] = [
      ["link.db", /process \d+/],
      [`folder/${path.basename(context.url)}`, /process \d+/],
      ["hard.db", /another name/],
    ];
    for (const [other, says] of refusals) {
      if (other === "hard.db") fs.linkSync(context.url, `${folder}/hard.db`);
      const env = { DATABASE_URL: path.join(folder, other) };
      const second = await tiebreak(["serve", "--no-demo", "--port", "0"], env);
      expect(second.code, other).toBe(2);
      expect(second.stderr, other).toMatch(says);
    }
    expect((await fetch(`${first.origin}/judge`)).status).toBe(200);
  });

  it("says in one line that its file is gone, and acknowledges nothing more until it is back", async () => {
    const context = await testContext("sqlite");
    const { tokens } = await openStudy(context, { prompts: 300, baselines: 1, annotators: 5 });
    const server = await startServer({ DATABASE_URL: context.url });
    stop = server.stop;
    const clients = tokens.map((token) => new AnnotatorClient(server.origin, token));
    const acknowledged = () =>
      clients.reduce((sum, client) => sum + client.sent.filter((one) => one.acknowledged).length, 0);
    const working = Promise.all(clients.map((client) => client.judgeUntil(() => acknowledged() >= 60)));
    while (acknowledged() < 20) await new Promise((resolve) => setTimeout(resolve, 1));
    fs.renameSync(context.url, `${context.url}.away`);
    while (!/deleted/.test(server.output())) await new Promise((resolve) => setTimeout(resolve, 10));
    const before = acknowledged();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(acknowledged()).toBeLessThanOrEqual(before + clients.length); // replies that were on their way
    fs.renameSync(`${context.url}.away`, context.url);
    await working;
    await server.stop();
    const lines = server.output().split("\n");
    expect(lines.filter((line) => line.includes(path.basename(context.url)))).toHaveLength(2);
    expect(server.output()).not.toContain('"level":50');
    await expectNothingLost(
      context.database,
      clients.flatMap((client) => client.sent),
    );
  });

  it.each([
    "",
    "GET /judge HTTP/1.1\r\n",
    "POST /api/join HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99\r\n\r\n{",
  ])("that is asked to stop ends, though a client has sent no more than %j", async (text) => {
    const context = await testContext("sqlite");
    const server = await startServer({ DATABASE_URL: context.url });
    stop = server.kill;
    const socket = net.connect(server.port, "127.0.0.1");
    socket.on("error", () => undefined).resume();
    socket.write(text.replace("HOST", `127.0.0.1:${server.port}`));
    await fetch(`${server.origin}/judge`);
    await server.stop();
    socket.destroy();
  });
});

describe("a PostgreSQL that is restarted", () => {
  it("under annotators ends no server, and nothing that was acknowledged is lost", async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const database = openDatabase(postgres.url, { patienceMs: 60_000 });
    onTestFinished(() => database.close());
    await migrate(database, { say: () => undefined, stamp: "test" });
    const context = { database, clock: () => new Date(), randomBytes };
    const { tokens } = await openStudy(context, { prompts: 300, baselines: 5, annotators: 10 });
    const env = { DATABASE_URL: postgres.url };
    const server = await startServer(env);
    stop = server.stop;
    const clients = tokens.map((token) => new AnnotatorClient(server.origin, token));
    const acknowledged = () =>
      clients.reduce((sum, client) => sum + client.sent.filter((one) => one.acknowledged).length, 0);
    const working = Promise.all(clients.map((client) => client.judgeUntil(() => acknowledged() >= 300)));
    for (const reached of [100, 200]) {
      while (acknowledged() < reached) await new Promise((resolve) => setTimeout(resolve, 1));
      await postgres.restart();
    }
    await working;
    expect(acknowledged()).toBeGreaterThanOrEqual(300);
    expect((await tiebreak(["study", "list"], env)).code).toBe(0);
    await server.stop();
    await expectNothingLost(
      database,
      clients.flatMap((client) => client.sent),
    );
  });
});

describe("several servers on PostgreSQL", () => {
  it("hand out and take judgments side by side, and lose nothing when one is killed", async () => {
    const context = await testContext("postgres");
    const { tokens } = await openStudy(context, { prompts: 120, baselines: 5, annotators: 30 });
    const env = { DATABASE_URL: context.url };
    const [one, two] = await Promise.all([startServer(env), startServer(env)]);
    stop = async () => {
      await Promise.all([one.stop(), two.stop()]);
    };
    const clients = tokens.map((token, i) => new AnnotatorClient((i % 2 === 0 ? one : two).origin, token));
    const acknowledged = () =>
      clients.reduce((sum, client) => sum + client.sent.filter((sent) => sent.acknowledged).length, 0);
    const working = Promise.all(clients.map((client) => client.judgeUntil(() => acknowledged() >= 500)));
    while (acknowledged() < 200) await new Promise((resolve) => setTimeout(resolve, 1));
    await two.kill();
    const again = await startServer(env, { port: two.port });
    stop = async () => {
      await Promise.all([one.stop(), again.stop()]);
    };
    await working;
    await expectNothingLost(
      context.database,
      clients.flatMap((client) => client.sent),
    );
  });
});
