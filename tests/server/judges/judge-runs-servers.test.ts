import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { readConfig } from "../../../server/config.ts";
import { assertReachable, openServers, reachOf } from "../../../server/model-servers/servers.ts";

const KEY = "sk-test-0123456789abcdef";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-servers-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const said = (text: string, env = {}) =>
  openServers(text, env).then(
    () => "",
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe("the operator's model servers", () => {
  it("are read with their keys and prices, and show no key however they are printed", async () => {
    const file = path.join(folder, "key");
    fs.writeFileSync(file, `${KEY}-2\n`, { mode: 0o600 });
    const servers = await openServers(
      `
- url: https://api.openai.com/v1
  key_env: SOME_KEY
  prices: {gpt-4o: {input: 2.5, output: 10}, "gpt-*": {input: 1, output: 1}}
- url: https://api.anthropic.com
  adapter: anthropic
  key_file: ${file}
- url: http://127.0.0.1:8081/v1
`,
      { SOME_KEY: KEY, OPENAI_API_KEY: "never asked for" },
    );
    expect(servers.map(({ url, adapter }) => [url.href, adapter.name])).toEqual([
      ["https://api.openai.com/v1/chat/completions", "openai"],
      ["https://api.anthropic.com/v1/messages", "anthropic"],
      ["http://127.0.0.1:8081/v1/chat/completions", "openai"],
    ]);
    expect(servers.map(({ key }) => key?.reveal() ?? null)).toEqual([KEY, `${KEY}-2`, null]);
    expect(servers[0]!.prices!.priceOf("gpt-4o")).toEqual({ input: 2.5, output: 10 });
    expect(servers[0]!.prices!.priceOf("gpt-5")).toEqual({ input: 1, output: 1 });
    expect(inspect(servers, { depth: 9 }) + JSON.stringify(servers)).not.toContain(KEY);
  });

  it("are refused with every problem at once, and without a key in what is said", async () => {
    const message = await said(
      `
- url: not an address
- adapter: openai
- {url: "https://a.example", adapter: gemini}
- {url: "https://b.example", key_env: NOT_SET}
- {url: "https://c.example", key_env: ODD, kye_file: x}
- {url: "https://d.example", key_env: ODD}
- {url: "https://user:${KEY}@e.example"}
- {url: "https://f.example/v1?key=${KEY}"}
- {url: "https://g.example", prices: {m: {input: 1}}}
- {url: "https://h.example"}
- {url: "https://h.example/v1/"}
- {url: "https://i.example", key_env: A, key_file: B}
- {url: "ftp://j.example"}
- nothing
`,
      { ODD: `${KEY} with spaces` },
    );
    for (const part of [
      /^JudgeServersWrong: --judge-servers/,
      /server 1: The base URL is not an address/,
      /server 2: url is missing/,
      /server 3: There is no adapter “gemini”\. Available: openai, responses, anthropic\./,
      /server 4: The environment variable NOT_SET is not set/,
      /server 5: .*kye_file/,
      /server 6: The content of ODD is not a key/,
      /server 7: .*must not contain a user or password/,
      /server 8: The address of f\.example may hold \?api-version=/,
      /server 9: .*m\.output/,
      /server 11: https:\/\/h\.example\/v1\/ is there already/,
      /server 12: Name a variable or a file/,
      /server 13: .*https or http/,
      /server 14: /,
    ])
      expect(message).toMatch(part);
    expect(message).not.toMatch(/server 10:/);
    expect(message).not.toContain(KEY);
    expect(await said("url: https://a.example")).toContain("It needs a list");
    expect(await said("- [")).toContain("JudgeServersWrong");
  });

  it("are named by a flag or a variable", () => {
    expect(readConfig({}, { JUDGE_SERVERS: "" }).judgeServersFile).toBeNull();
    expect(readConfig({}, { JUDGE_SERVERS: "a.yaml" }).judgeServersFile).toBe("a.yaml");
    expect(readConfig({ judgeServers: "b.yaml" }, { JUDGE_SERVERS: "a.yaml" }).judgeServersFile).toBe(
      "b.yaml",
    );
  });
});

describe("the way to a server that somebody names", () => {
  const opened = () =>
    openServers("- {url: 'http://10.0.0.5:8081/v1', key_env: K}\n- {url: 'https://a.example', key_env: K}", {
      K: KEY,
    });

  it("has a configured one's key at exactly its address, however that is written", async () => {
    const servers = await opened();
    for (const server of ["http://10.0.0.5:8081", "http://10.0.0.5:8081/v1/", "http://10.0.0.5:8081/v1"]) {
      const reach = reachOf(servers, { server });
      expect(reach.key?.reveal(), server).toBe(KEY);
      expect(() => reach.addresses.assertAllowed(reach.url), server).not.toThrow();
    }
    for (const { server, adapter } of [
      { server: "https://a.example:8443" },
      { server: "https://a.example/other" },
      { server: "https://b.example" },
      { server: "https://a.example", adapter: "anthropic" },
    ])
      expect(reachOf(servers, { server, adapter }).key, server).toBeNull();
  });

  it.each([
    ["http://10.0.0.5:8082/v1", /over https/],
    ["http://10.0.0.5:8081/admin", /over https/],
    ["http://127.0.0.1:8081/v1", /over https/],
    ["https://127.0.0.1/v1", /not a public address/],
    ["https://[::1]/v1", /not a public address/],
    ["https://169.254.169.254/v1", /not a public address/],
    ["https://2130706433/v1", /not a public address/],
    ["http://b.example/v1", /over https/],
    ["https://user:pass@b.example/v1", /must not contain a user or password/],
    ["https://b.example/v1?key=abc", /Keys go elsewhere/],
    ["file:///etc/passwd", /https or http/],
    ["nonsense", /not an address/],
  ])("refuses %s where nobody configured it", async (server, why) => {
    const servers = await opened();
    expect(() => reachOf(servers, { server })).toThrow(why);
    expect(() => reachOf(servers, { server })).toThrow(
      expect.objectContaining({ name: "AddressNotAllowed" }) as Error,
    );
  });

  it("refuses a public name that leads to this machine before anything begins", async () => {
    await expect(assertReachable(reachOf([], { server: "https://localhost/v1" }))).rejects.toMatchObject({
      name: "AddressNotAllowed",
      message: "localhost resolves to an address that is not public.",
    });
  });
});
