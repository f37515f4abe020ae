import { afterEach, describe, expect, it } from "vitest";
import { AnnotatorClient } from "../support/annotator-client.ts";
import { testContext } from "../support/context.ts";
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
