import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, inject } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { Hands } from "../support/hands.ts";
import { hostServer } from "../support/hosted-server.ts";
import { prepare } from "../support/in-process.ts";
import type { RunningServer } from "../support/server.ts";
import { SIZES, writePublished } from "../support/vicuna.ts";

describe("a new study in the browser", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-new-study-"));
  const env = { DATABASE_URL: path.join(folder, "study.db") };
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    fs.copyFileSync(inject("sqliteTemplate"), env.DATABASE_URL);
    server = await hostServer(env.DATABASE_URL, {});
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it("takes a folder of outputs as it was published to an open study and an invite link in twenty interactions", async () => {
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string };
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    const hands = new Hands();
    await page.goto(url);
    await page.getByText("Drop your files to begin").waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await hands.dropFolder(page, page.locator(".drop-zone"), writePublished(folder));
    await page.waitForURL(/vicuna80_outputs$/); // named after the folder

    await page.getByText("What the columns of these 4 files are is not clear").waitFor();
    const column = (name: string) => page.getByLabel(`${name} is taken for`, { exact: true }).first();
    await hands.choose(column("generation_truncated"), "output");
    await hands.choose(column("generation"), "left out");
    await hands.choose(column("text"), "prompt");
    await hands.choose(column("prompt"), "left out");
    for (const size of SIZES)
      await hands.fill(page.getByLabel(new RegExp(`^System of .*/${size}-guanaco`)), `guanaco-${size}`);
    const load = page.getByRole("button", { name: "Load 10 files" });
    await expect.poll(() => load.isEnabled(), { timeout: 120_000 }).toBe(true);
    await page.reload(); // everything is where it was
    await page.getByText("80 new prompts, 720 new outputs").waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await hands.click(load);

    await hands.choose(page.getByLabel("Target", { exact: true }), "guanaco-65b");
    await page.getByText("8 pairs of systems will be compared").waitFor();
    await hands.fill(page.getByLabel("Name of guanaco-65b in reports"), "Ours");
    await hands.fill(page.getByLabel("Judgments per comparison, crowd"), "2");
    await page.getByText("1,280 judgments").waitFor();
    await page.getByText(/detects a win rate of|cannot be computed/).waitFor();
    await page.locator("#preview .pair").waitFor();
    expect(await axeFaults(page)).toEqual([]);

    await hands.click(page.getByRole("button", { name: "Open the study" }));
    await hands.click(page.getByRole("button", { name: "Open the study" }));
    await hands.click(page.getByRole("button", { name: "Create an open link" }));
    await page.getByText(/\/join#/).waitFor();
    expect(hands.count).toBeLessThanOrEqual(20);
  });

  it("sends only the rest of a file of which a part has arrived, and names such a file until then", async () => {
    await prepare(["study", "create", "resumed", "--target", "a", "--baseline", "b"], env);
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string };
    const page = await (await browser.newContext()).newPage();
    await page.goto(url);
    await page.getByRole("link", { name: "resumed" }).first().click();
    await page.getByText("Drop files or a folder here").waitFor();
    const file = path.join(folder, "outputs.jsonl");
    const row = (i: number) => JSON.stringify({ prompt: `p${i}`, output: "x".repeat(2000) });
    fs.writeFileSync(file, Array.from({ length: 1000 }, (_, i) => `${row(i)}\n`).join(""));
    fs.utimesSync(file, 1_700_000_000, 1_700_000_000);
    const bytes = fs.readFileSync(file);
    const query = `name=outputs.jsonl&bytes=${bytes.length}&modified=1700000000000`;
    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`);
    const broken = http.request(`${server.origin}/api/studies/resumed/uploads?${query}`, {
      method: "POST",
      headers: {
        ...{ cookie: cookies.join("; "), origin: server.origin, "content-length": bytes.length },
        "content-type": "application/octet-stream",
      },
    });
    broken.on("error", () => undefined);
    broken.write(bytes.subarray(0, 1_500_000));
    await page.getByText("outputs.jsonl: 1.5 MB of 2 MB have arrived. Drop the file again").waitFor();
    broken.destroy();
    const sent = page.waitForRequest(
      (request) => request.method() === "POST" && /from=\d/.test(request.url()),
    );
    await page.locator("input[type=file]").first().setInputFiles(file);
    expect(Number(new URL((await sent).url()).searchParams.get("from"))).toBeGreaterThan(1_400_000);
    await page.getByText("1,000 new prompts, 1,000 new outputs").waitFor();
    expect(await page.getByText("have arrived. Drop the file again").count()).toBe(0);
    await page.context().close();
  });
});
