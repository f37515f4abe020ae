import net from "node:net";
import { describe, expect, it, vi } from "vitest";
import { publicAddresses } from "../../../../server/model-servers/addresses.ts";
import { Key } from "../../../../server/model-servers/keys.ts";
import { failureOf, judgeRequest, NEVER, SECRET } from "../../../support/model-servers/ask.ts";
import { modelServerForAdapters } from "../../../support/model-servers/for-adapters.ts";

const models = modelServerForAdapters();
const { open } = models;
const saying = (words: string): unknown => expect.stringContaining(words);

describe("a call", () => {
  it("ends after its time", async () => {
    models.server.become({ behaviour: "hangs" });
    const failure = await failureOf(open("openai", { timeoutMs: 50 }).ask(judgeRequest(), NEVER));
    expect(failure).toMatchObject({
      kind: "timed out",
      message: saying("0.05 seconds"),
    });
  });

  it("can be given up, before and while it is under way, without warnings about listeners", async () => {
    const warned = vi.fn();
    process.on("warning", warned);
    models.server.become({ behaviour: "hangs" });
    const stop = new AbortController();
    const model = open("openai", { concurrency: 64 });
    const asked = Array.from({ length: 64 }, () => failureOf(model.ask(judgeRequest(), stop.signal)));
    await vi.waitFor(() => expect(models.server.concurrencyMax()).toBe(64), { timeout: 60_000 });
    stop.abort();
    for (const failure of await Promise.all(asked)) expect(failure.kind).toBe("cut off");
    expect((await failureOf(model.ask(judgeRequest(), stop.signal))).message).toContain("given up");
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", warned);
    expect(warned).not.toHaveBeenCalled();
  });

  it("fails by name where nobody listens, or what answers is no HTTP", async () => {
    const deaf = net
      .createServer((socket) => socket.resume().end("SSH-2.0-x\r\n\r\n"))
      .listen(0, "127.0.0.1");
    await new Promise((resolve) => deaf.once("listening", resolve));
    const url = `http://127.0.0.1:${(deaf.address() as net.AddressInfo).port}`;
    expect((await failureOf(open("openai", { url }).ask(judgeRequest(), NEVER))).kind).toBe("not understood");
    await new Promise((resolve) => deaf.close(resolve));
    expect(await failureOf(open("openai", { url }).ask(judgeRequest(), NEVER))).toMatchObject({
      kind: "network",
      message: saying("ECONNREFUSED"),
    });
  });

  it("goes nowhere where the name leads to this machine, although it is spelled as a public one", async () => {
    const addresses = publicAddresses([], (_, done) => done(null, [{ address: "127.0.0.1", family: 4 }]));
    const port = new URL(models.server.url).port;
    const before = models.server.count();
    const model = open("openai", { url: `https://models.example:${port}/v1`, addresses });
    expect((await failureOf(model.ask(judgeRequest(), NEVER))).kind).toBe("not allowed");
    expect(models.server.count()).toBe(before);
  });

  it("goes to a private address that an operator lists", async () => {
    models.server.become({});
    const addresses = publicAddresses([new URL(models.server.url).host]);
    expect((await open("openai", { addresses }).ask(judgeRequest(), NEVER)).finish).toBe("complete");
    expect(() => open("openai", { addresses: publicAddresses([]) })).toThrow(/allow exactly 127\.0\.0\.1/);
  });

  it("does not send a key to another address than it was given for", () => {
    const key = new Key(SECRET, "https://api.openai.com");
    expect(() => open("openai", { key })).toThrow(/was given for https:\/\/api\.openai\.com/);
  });

  it("sends a repetition penalty only under a name that the server is known to take", async () => {
    models.server.become({});
    const request = { ...judgeRequest(), repetitionPenalty: 1.2 };
    await open("openai").ask(request, NEVER);
    expect(JSON.stringify(models.server.requests.at(-1)!.body)).not.toContain("penalty");
    await open("openai", { repetitionPenaltyAs: ["repetition_penalty"] }).ask(request, NEVER);
    expect(models.server.requests.at(-1)!.body.repetition_penalty).toBe(1.2);
  });

  it("refuses a base URL that is none", () => {
    expect(() => open("openai", { baseUrl: "models", url: "http://127.0.0.1" })).toThrow(/is not an address/);
  });
});
