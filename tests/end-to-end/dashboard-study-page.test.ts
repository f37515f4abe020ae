import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Protocol } from "../../server/contract/studies.ts";
import { openDatabase } from "../../server/storage/open.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";
import { tiebreak } from "../support/server.ts";

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe("a study’s page on the desk", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-desk-"));
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 4, guidelines: "Choose **A** or **B**.\n\n- Length is no merit." });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const deskIn = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(await study.ownerLink());
    await page.getByRole("link", { name: "study" }).first().click();
    return page;
  };

  it("shows the guidelines as annotators see them", async () => {
    const desk = await deskIn();
    await desk.getByText("Wording, assignment and conclusion").click();
    const guidelines = desk.locator("#protocol .prose");
    await guidelines.getByText("Length is no merit.").waitFor();
    expect(await guidelines.locator("li").evaluate((item) => getComputedStyle(item).listStyleType)).toBe(
      "disc",
    );
    expect(await guidelines.locator("strong").allTextContents()).toEqual(["A", "B"]);
    expect(await desk.locator("#protocol").textContent()).not.toContain("**");
  });

  it("opens the first five errors of a refused load, and the others when asked", async () => {
    const file = path.join(folder, "bad.jsonl");
    const rows = ["one", "another"].flatMap((output) =>
      Array.from({ length: 12 }, (_, i) => JSON.stringify({ prompt_id: `new-${i}`, system: "ours", output })),
    );
    fs.writeFileSync(file, rows.join("\n"));
    expect((await tiebreak(["load", "study", file], study.env)).code).toBe(2);
    const desk = await deskIn();
    const errors = desk.locator(".loads > li").first().locator(".remarks li");
    await desk.getByRole("button", { name: "Show all 12 errors" }).waitFor();
    expect(await errors.count()).toBe(5);
    await desk.getByRole("button", { name: "Show all 12 errors" }).click();
    expect(await errors.count()).toBe(12);
    expect(await errors.first().textContent()).toContain("bad.jsonl, line 13");
  });

  it("counts the rows of a JSON list, whatever lines they stand on", async () => {
    const file = path.join(folder, "list.json");
    fs.writeFileSync(file, `[\n\n\n{"prompt_id":"p1",\n"system":"ours",\n"output":true}]`);
    expect((await tiebreak(["load", "study", file], study.env)).code).toBe(2);
    const desk = await deskIn();
    await desk.locator(".loads").getByText("list.json, row 1").first().waitFor();
    expect(await desk.locator(".loads > li > details[open]").count()).toBe(1);
  });

  it("declares a margin and looks of a draft, and takes neither once it is open", async () => {
    await prepare(["study", "create", "draft", "--target", "ours", "--baseline", "theirs"], study.env);
    const desk = await (await browser.newContext(DESKTOP)).newPage();
    await desk.goto(await study.ownerLink());
    await desk.getByRole("link", { name: "draft" }).first().click();
    const protocol = desk.locator("#protocol");
    await protocol.getByText("Change what is concluded").click();
    await protocol.getByLabel("Margin").fill("0.05");
    await protocol.getByLabel("Looks before the end").fill("33, 67");
    await protocol.getByLabel("Error of the looks").selectOption("pocock");
    expect(await axeFaults(desk)).toEqual([]);
    await protocol.getByRole("button", { name: "Save" }).click();
    await protocol.getByText("from .450 to .550 are as good as even").waitFor();
    const shown = await prepare(["study", "show", "draft", "--json"], study.env);
    const { analysis } = (JSON.parse(shown) as { protocol: Protocol }).protocol;
    expect(analysis).toMatchObject({ margin: 0.05, looks: { at: [0.33, 0.67], spending: "pocock" } });
    const open = (await deskIn()).locator("#protocol");
    await open.getByText("Wording, assignment and conclusion").click();
    await open.getByText("No margin").waitFor();
    expect(await open.getByText("Change what is concluded").count()).toBe(0);
  });

  it("fits a phone: tables scroll in their own box, and what is touched is 44 px high", async () => {
    const desk = await deskIn(PHONE);
    await desk.getByText("Wording, assignment and conclusion").click();
    await desk.locator("#protocol .prose").waitFor();
    const widths = await desk.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0]).toBe(widths[1]);
    const scroller = desk.getByRole("region", { name: "Groups" });
    expect(await scroller.evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true);
    const heights = await desk
      .locator("button:visible, .button:visible")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });

  it("opens on the preview by the link of `study preview`, and records nothing", async () => {
    const before = await handedOut(study.env.DATABASE_URL);
    const { url } = JSON.parse(await prepare(["study", "preview", "study", "--json"], study.env)) as {
      url: string;
    };
    const desk = await (await browser.newContext(DESKTOP)).newPage();
    await desk.goto(url);
    await desk.getByText("First answer to", { exact: false }).first().waitFor();
    await desk.getByText("Instructions to the model").waitFor(); // a section above, which grows when it is there
    const top = async () => (await desk.locator("#preview").boundingBox())?.y ?? NaN;
    await expect.poll(async () => Math.abs(await top())).toBeLessThan(300);
    expect(await handedOut(study.env.DATABASE_URL)).toEqual(before);
  });

  it("makes a link to the results as they stand, or as they are now, and proposes the latter when closed", async () => {
    const desk = await deskIn();
    const make = desk.getByRole("button", { name: "Create a share link" });
    const said = desk.locator("#results [role=status]").first();
    await make.click();
    await said.getByText("shows the live results").waitFor();
    await desk.getByRole("radio", { name: "as they are now" }).check();
    await make.click();
    await said.getByText("shows snapshot 1 of the results").waitFor();
    await prepare(["study", "close", "study"], study.env);
    await desk.reload();
    await desk.getByText("no more annotators can be invited").waitFor();
    expect(await desk.getByRole("radio", { name: "as they are now" }).isChecked()).toBe(true);
    expect(await desk.getByRole("button", { name: /Open|Pause|Close/ }).count()).toBe(0);
    await make.click();
    await said.getByText("shows snapshot 2 of the results").waitFor();
  });
});

/** How many annotators, assignments and judgments there are. */
async function handedOut(url: string): Promise<number[]> {
  const database = openDatabase(url);
  const counts = await database.read(async ({ db }) => {
    const rows = await Promise.all(
      (["annotator", "assignment", "judgment"] as const).map((table) =>
        db.selectFrom(table).select("id").execute(),
      ),
    );
    return rows.map((all) => all.length);
  });
  await database.close();
  return counts;
}
