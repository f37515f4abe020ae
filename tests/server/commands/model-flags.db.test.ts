import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { prepare, tiebreakInProcess } from "../../support/in-process.ts";
import { type RunningModelServer, startModelServer } from "../../support/model-servers/server.ts";

const SECRET = "sk-secret-4f3e2d1c0b9a8765";
const TENANT = "acme-research";

describe("what the flags of calls set", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-model-flags-"));
  const env = { DATABASE_URL: path.join(folder, "study.db") };
  let server: RunningModelServer;

  beforeAll(async () => {
    const rows = ["p1", "p2"].flatMap((prompt_id) => [
      { prompt_id, prompt: `What is ${prompt_id}?` },
      ...["ours", "theirs"].map((system) => ({ prompt_id, system, output: `${system} on ${prompt_id}` })),
    ]);
    const texts = path.join(folder, "texts.jsonl");
    fs.writeFileSync(texts, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    for (const study of ["s", "draft"]) {
      await prepare(["study", "create", study, "--target", "ours", "--baseline", "theirs"], env);
      await prepare(["load", study, texts], env);
    }
    await prepare(["study", "open", "s"], env);
  });
  beforeEach(async () => {
    server = await startModelServer();
    return () => server.stop();
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const judge = (annotator: string, ...more: string[]) =>
    tiebreakInProcess(
      [
        ...["judge", "s", "--group", "models", "--model", "m", "--annotator", annotator],
        ...["--base-url", `${server.url}/v1`, ...more],
      ],
      env,
    );
  const generate = (system: string, ...more: string[]) =>
    tiebreakInProcess(
      ["generate", "draft", "--system", system, "--model", "m", "--base-url", `${server.url}/v1`, ...more],
      env,
    );
  const jury = (annotator: string, own: object) => {
    const file = path.join(folder, `${annotator}.json`); // JSON is YAML
    const one = { model: "m", annotator, baseUrl: `${server.url}/v1`, ...own };
    fs.writeFileSync(file, JSON.stringify({ group: "models", judges: [one] }));
    return tiebreakInProcess(["judge", "s", "--jury", file], env);
  };

  const CALL = ["--header", `X-Tenant=${TENANT}`, "--body", 'extra={"deep":[1]}', "--body", "top_p=null"];
  const headers = { "X-Tenant": TENANT };
  const body = { extra: { deep: [1] }, top_p: null };

  it.each([
    ["judge", () => judge("j1", ...CALL, "--reasoning-effort", "low"), { reasoning_effort: "low" }],
    [
      "judge, responses",
      () => judge("j2", ...CALL, "--adapter", "responses", "--reasoning-effort", "low"),
      { reasoning: { effort: "low" } },
    ],
    [
      "judge, anthropic",
      () => judge("j3", ...CALL, "--adapter", "anthropic", "--reasoning-effort", "low"),
      { output_config: expect.objectContaining({ effort: "low" }) as object },
    ],
    ["a jury", () => jury("j4", { headers, body, reasoningEffort: "low" }), { reasoning_effort: "low" }],
    ["generate", () => generate("g1", ...CALL, "--reasoning-effort", "low"), { reasoning_effort: "low" }],
  ])("reaches the server: %s", async (_, run, effort) => {
    const { code, stderr } = await run();
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(server.requests.length).toBeGreaterThan(0);
    for (const request of server.requests) {
      expect(request.headers).toMatchObject({ "x-tenant": TENANT });
      expect(request.body).toMatchObject({ extra: { deep: [1] }, ...effort });
      expect(request.body).not.toHaveProperty("top_p");
    }
  });

  it.each([
    ["judge", () => judge("j5", "--timeout", "0.2", "--attempts", "1")],
    ["a jury", () => jury("j6", { timeout: 1 })],
    ["generate", () => generate("g2", "--timeout", "0.2")],
  ])("ends a call that hangs, and the next is asked: %s", async (_, run) => {
    server.become({ behaviour: "hangs", times: 1 });
    const { stdout, stderr } = await run();
    expect(`${stdout}${stderr}`).toMatch(
      /timed out|did not answer in 0.2 seconds|5 calls, 1 without a verdict/,
    );
    expect(server.count()).toBeGreaterThan(1);
  });

  it("is added up for a jury before anything is sent, its cost as far as prices are known", async () => {
    const prices = path.join(folder, "prices.json");
    const dryRun = async (price: object) => {
      const file = path.join(folder, "jury.json");
      fs.writeFileSync(prices, JSON.stringify(price));
      const judges = ["m", "other"].map((model) => ({ model, annotator: `dry-${model}`, orders: "one" }));
      fs.writeFileSync(file, JSON.stringify({ group: "dry", judges }));
      const { stdout } = await tiebreakInProcess(
        ["judge", "s", "--jury", file, "--dry-run", "--prices", prices],
        env,
      );
      return stdout.split("\n\n").at(-1)!;
    };
    const million = { input: 1_000_000, output: 0 };
    const both = await dryRun({ m: million, other: million });
    const [, tokens, dollars] = /^All 2 judges: 4 calls\nAbout ([\d,]+) .*\nAbout \$([\d.]+)\./.exec(both)!;
    expect(Number(dollars)).toBe(Number(tokens!.replaceAll(",", ""))); // a dollar per token
    const one = await dryRun({ m: million });
    expect(one).toContain(
      `About $${(Number(dollars) / 2).toFixed(2)}.\nThat is without dry-other: no price is known.`,
    );
    expect(server.count()).toBe(0);
  });

  it("is one setting of a judge: another header is refused, another key is not, and neither is stored", async () => {
    const keyed = (value: string) => ["--header", `X-Api-Key=${value}`];
    const tenant = (value: string) => ["--header", `x-tenant=${value}`];
    const { code } = await judge("j7", ...keyed(SECRET), ...tenant(TENANT), "--max-calls", "1");
    expect(code).toBe(3);
    expect(server.requests[0]!.headers).toMatchObject({ "x-api-key": SECRET });
    const other = await judge("j7", ...keyed(SECRET), ...tenant("another"));
    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringMatching(/x-api-key \(key\) x-tenant \(\S{12}\)/),
    ]);
    expect((await judge("j7")).stderr).toContain("this run has no extra headers");
    expect((await judge("j7", ...keyed("sk-new-0123456789"), ...tenant(TENANT))).code).toBe(0);
    const stored = fs.readdirSync(folder).filter((name) => name.startsWith("study.db"));
    const bytes = stored.map((name) => fs.readFileSync(path.join(folder, name), "latin1")).join("");
    for (const value of [SECRET, TENANT, "sk-new-0123456789"]) expect(bytes).not.toContain(value);
    expect(bytes).toContain("x-tenant");
    const inBody = await judge("j8", "--body", `api_key=${SECRET}`);
    expect([inBody.code, inBody.stderr]).toEqual([2, expect.stringContaining("would be stored and shown")]);
  });
});
