import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { type RunningModelServer, startModelServer } from "../support/model-servers/server.ts";
import { type RunningServer, startServer, tiebreak } from "../support/server.ts";

const KEY = "sk-test-0123456789abcdef";
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const LOOKS: [string, BrowserContextOptions][] = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["a phone", PHONE],
];

describe("models as annotators on the desk", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-judges-"));
  let study: BrowserStudy;
  let model: RunningModelServer;
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 6 });
    await study.server.stop();
    model = await startModelServer({ behaviour: "longer wins", latencyMs: 150 });
    const file = path.join(folder, "model-servers.yaml");
    fs.writeFileSync(
      file,
      `- {url: "${model.url}/v1", key_env: MODEL_KEY, prices: {"*": {input: 3, output: 15}}}\n`,
    );
    server = await startServer({ ...study.env, JUDGE_SERVERS: file, MODEL_KEY: KEY });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await study?.end();
    await model?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const section = async (options: BrowserContextOptions = {}) => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(await study.ownerLink());
    await page.getByRole("link", { name: "study" }).first().click();
    const judges = page.locator("#judges");
    await judges.getByRole("textbox", { name: "Model", exact: true }).waitFor();
    return { page, judges };
  };
  const expectClean = async (page: Page, what: string) =>
    expect(await axeFaults(page, (axe) => axe.include("#judges")), what).toEqual([]);

  it("tells what a run would come to, starts it, and follows it to its end", async () => {
    const { page, judges } = await section();
    await judges.getByText("No run was started in this study.").waitFor();
    await judges.getByRole("textbox", { name: "Model", exact: true }).fill("first-judge");
    await judges.getByRole("radio", { name: /Both orders/ }).check();
    await judges.getByText("More settings").click();
    await judges.getByRole("spinbutton", { name: "Calls at once" }).fill("1");
    await judges.getByRole("button", { name: "Estimate" }).click();
    await judges.getByText(/^About 12 calls, [\d,]+ tokens to send/).waitFor();
    expect(await judges.locator(".estimate strong").textContent()).toMatch(/^About \$0\.\d{2,}\.$/);
    expect(model.count()).toBe(0);
    await expectClean(page, "the estimate");

    await judges.getByRole("button", { name: "Start" }).click();
    await judges.getByText("The run has started.").waitFor();
    const run = judges.locator(".judge-runs > li").first();
    await run.getByRole("progressbar", { name: "Judged by first-judge" }).waitFor();
    await run.getByRole("button", { name: "Stop first-judge" }).waitFor();
    await expectClean(page, "a run under way");
    await run.getByText("done", { exact: true }).waitFor();
    await run
      .getByText(/^12 calls, 12 verdicts · [\d,]+ tokens sent, [\d,]+ received · \$0\.\d{2,}$/)
      .waitFor();
    expect(await run.getByRole("button").count()).toBe(0);
    expect(model.count()).toBe(12);
    expect(model.requests[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
    await page.locator("#people").getByText("1 model, 6 judgments").waitFor();

    await judges.getByText("Figures and verdicts").click();
    const one = judges.getByRole("article").filter({ hasText: "first-judge" });
    await one.getByText("Same verdict in both orders").waitFor();
    await one.getByText("of 6 comparisons").waitFor();
    await one.getByText(/^\$0\.\d{2,}, \$0\.\d{2,} per judgment$/).waitFor();
    const call = one.getByRole("listitem").first();
    await call.getByText(/, shown (first|second), is better than |tie of /).click();
    await call.getByText(/^\[\[PROMPT \S{12}\]\]$/m).waitFor();
    const sent = model.requests.map(({ body }) => body.messages!.at(-1)!.content);
    expect(sent).toContain(await call.locator("pre").first().textContent());
    await one.getByRole("combobox", { name: "Calls" }).selectOption("Without a verdict");
    await one.getByText("There are none.").waitFor();
    await page.getByRole("link", { name: "Open the results" }).click();
    await page.getByText("models").first().waitFor();
    expect(await page.content()).not.toContain(KEY);
  });

  it("stops a run in the middle", async () => {
    model.become({ behaviour: "longer wins", latencyMs: 700 });
    const { judges } = await section();
    await judges.getByRole("textbox", { name: "Model", exact: true }).fill("second-judge");
    await judges.getByText("More settings").click();
    await judges.getByRole("spinbutton", { name: "Calls at once" }).fill("1");
    await judges.getByRole("button", { name: "Start" }).click();
    await judges.getByRole("button", { name: "Stop second-judge" }).click();
    const run = judges.locator(".judge-runs > li").first();
    await run.getByText("stopped", { exact: true }).waitFor();
    expect(await run.getByText(/^\d calls?, \d verdicts?/).textContent()).not.toContain("6 verdicts");
  });

  it("says why a run cannot start, in the server's own words", async () => {
    const { judges } = await section();
    await judges.getByRole("combobox", { name: "Model server" }).selectOption("Another address");
    await judges.getByRole("textbox", { name: "Address" }).fill("http://127.0.0.1:9/v1");
    await judges.getByRole("textbox", { name: "Model", exact: true }).fill("m");
    await judges.getByRole("button", { name: "Start" }).click();
    await judges.getByRole("alert").getByText("Model servers are called over https").waitFor();
    expect(await judges.getByRole("textbox", { name: "Model", exact: true }).inputValue()).toBe("m");
  });

  it.each(LOOKS)(
    "has nothing for axe to find and nothing cut in %s, all unfolded",
    async (_look, options) => {
      const { page, judges } = await section(options);
      await judges.getByText("More settings").click();
      await judges.getByText("Instructions to the model").click();
      await judges.getByText("[[PROMPT code-of-the-prompt]]").waitFor();
      await judges.getByText("Figures and verdicts").click();
      const call = judges.locator(".call-list details").first();
      await call.locator("summary").click();
      await call.getByText("Messages as sent").waitFor();
      await expectClean(page, "all unfolded");
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
      if (options.hasTouch) {
        const touched = judges.locator("button, select, summary, label.check, .field input");
        const heights = await touched.evaluateAll((all) =>
          all.map((one) => one.getBoundingClientRect().height),
        );
        expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
      }
    },
  );

  it("leaves the key in no line of the log and in no file of the database", async () => {
    await server.stop();
    expect(server.output()).not.toContain(KEY);
    const place = path.dirname(study.env.DATABASE_URL);
    const files = fs.readdirSync(place).map((name) => fs.readFileSync(path.join(place, name)));
    expect(files.some((bytes) => bytes.includes("first-judge"))).toBe(true);
    expect(files.filter((bytes) => bytes.includes(KEY))).toEqual([]);
  });

  it("is refused at start with every problem of the operator's file at once", async () => {
    const file = path.join(folder, "wrong.yaml");
    fs.writeFileSync(file, `- {url: "nonsense"}\n- {url: "https://a.example", key_env: NOT_SET_HERE}\n`);
    const refused = await tiebreak(["serve", "--judge-servers", file, "--port", "0"], study.env);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("server 1: The base URL is not an address");
    expect(refused.stderr).toContain("server 2: The environment variable NOT_SET_HERE is not set");
    const missing = await tiebreak(["serve", "--judge-servers", `${file}x`, "--port", "0"], study.env);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining("cannot be read (ENOENT)")]);
  });
});
