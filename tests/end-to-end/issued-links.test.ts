import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseByClick, headingIs } from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";
import { tiebreak } from "../support/server.ts";

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe("links that were given out", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 12, each: 5 });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const open = async (url: string, options: BrowserContextOptions = DESKTOP): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(url);
    return page;
  };
  const deskIn = async (options: BrowserContextOptions): Promise<Page> => {
    const desk = await open(await study.ownerLink(), options);
    await desk.getByRole("link", { name: "study" }).first().click();
    await desk.locator("#people details.issued-links summary").first().click();
    await desk.getByRole("region", { name: "Links of crowd" }).waitFor();
    return desk;
  };
  const clean = async (page: Page): Promise<void> => expect(await axeFaults(page)).toEqual([]);

  it.each([
    ["light", { ...DESKTOP, colorScheme: "light" }],
    ["dark, on a phone", { ...PHONE, colorScheme: "dark" }],
  ] as const)("are revoked on the desk after a question, and brought back (%s)", async (_, options) => {
    const [link] = await study.invite(1);
    const annotator = await open(link!);
    await chooseByClick(annotator);
    const desk = await deskIn(options);
    const name = (await desk.locator("#people .issued-links th[scope=row]").last().textContent()) ?? "";
    const row = desk.locator("#people").getByRole("row", { name });
    expect(await row.textContent()).toMatch(/personal.*valid.*1 of at most 5/);
    const label = row.getByLabel(`Label of ${name}`);
    await label.fill("second office");
    await label.blur();
    const listed = () => prepare(["links", "study"], study.env);
    await expect.poll(listed).toMatch(new RegExp(`${name} .*second office`));
    await row.getByRole("button", { name: `Revoke ${name}` }).click();
    const question = desk.getByRole("group", { name: `Revoke ${name}?` });
    await question.getByText("Their judgments stay and count").waitFor();
    await clean(desk);
    await question.getByRole("button", { name: "Not now" }).click();
    expect(await row.textContent()).toContain("valid");
    await row.getByRole("button", { name: `Revoke ${name}` }).click();
    await question.getByRole("button", { name: "Revoke" }).click();
    await desk.getByText(`${name} is revoked.`).waitFor();
    await row.getByText("revoked").waitFor();
    await clean(desk);
    const [wide, seen] = await desk.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(wide).toBeLessThanOrEqual(seen ?? 0);

    await annotator.reload();
    await headingIs(annotator, "Your link is no longer active. Thank you");
    await annotator.getByText("Your saved answers are kept").waitFor();
    await clean(annotator);

    await desk.getByRole("button", { name: "Undo" }).click();
    await desk.getByText(`${name} works again.`).waitFor();
    await annotator.reload();
    await annotator.locator(".choice.tie").waitFor();
  });

  it("end the page of somebody who is judging, and the answer that comes too late stays in the browser", async () => {
    const [link] = await study.invite(1);
    const annotator = await open(link!);
    await annotator.locator(".choice.tie:not([aria-disabled=true])").waitFor();
    const { links } = JSON.parse(await prepare(["links", "study", "--json"], study.env)) as {
      links: { name: string; kind: string }[];
    };
    const { name } = links.filter(({ kind }) => kind === "personal").at(-1)!;
    expect(await prepare(["links", "study", "--revoke", name], study.env)).toBe(`${name}: revoked.\n`);
    await annotator.locator(".choice.tie").click();
    await headingIs(annotator, "Your link is no longer active. Thank you");
    await annotator.getByText("1 answer could not be saved. It stays in this browser.").waitFor();
    await prepare(["links", "study", "--restore", name], study.env);
    await annotator.reload();
    await annotator.getByText("1 of 5", { exact: true }).waitFor();
  });

  it("that are shared lead to a page that says so when revoked, and whoever started goes on from it", async () => {
    const shared = await study.openLink();
    const joined = await open(shared);
    await joined.getByRole("button", { name: "Start" }).click();
    await joined.getByText("Keep this link").waitFor();
    const reply = await prepare(["links", "study", "--revoke", "shared-crowd", "--json"], study.env);
    expect(JSON.parse(reply)).toEqual({ changed: ["shared-crowd"] });
    const stranger = await open(shared);
    await headingIs(stranger, "This invitation has ended");
    expect(await stranger.getByRole("link").count()).toBe(0);
    await clean(stranger);
    await joined.goto("about:blank");
    await joined.goto(shared);
    await joined.getByRole("link", { name: "Continue where you left off" }).click();
    await joined.locator(".choice.tie").waitFor();
  });

  it("to results answer 401 with a page in words when revoked, also one that is open", async () => {
    const desk = await open(await study.ownerLink());
    await desk.getByRole("link", { name: "study" }).first().click();
    await desk.getByRole("button", { name: "Create a share link" }).click();
    const url = (await desk.locator("#results .made code").textContent()) ?? "";
    const reader = await open(url);
    await reader.getByRole("heading", { level: 1 }).waitFor();
    await prepare(["links", "study", "--revoke", "results-1"], study.env);
    await reader.reload();
    await reader.getByText("This link is no longer valid.").waitFor();
    const { origin, hash } = new URL(url);
    const headers = { authorization: `Bearer ${hash.slice(1)}` };
    const answer = await fetch(`${origin}/api/results`, { headers });
    expect([answer.status, await answer.json()]).toMatchObject([401, { error: "LinkRevoked" }]);

    await desk.locator("#results details.issued-links summary").click();
    await desk.getByRole("button", { name: "Make a new link in place of results-1" }).click();
    await desk.getByRole("group").getByRole("button", { name: "New link", exact: true }).click();
    await desk.getByText("The new link of results-1").waitFor();
    await clean(desk);
    await reader.goto("about:blank"); // another fragment alone is no other page
    await reader.goto((await desk.locator("#results .made code").last().textContent()) ?? "");
    await reader.getByText("This link is no longer valid.").waitFor({ state: "detached" });
    await reader.getByRole("heading", { level: 1 }).waitFor();
  });

  it("are listed in a terminal, and a name that there is not ends with 2", async () => {
    const listed = await prepare(["links", "study"], study.env);
    expect(listed).toMatch(/^name +kind +group +state +last used \(UTC\) +progress +label\n/);
    expect(listed).toMatch(
      /\nannotator-1 +personal +crowd +valid +\d{4}-\d\d-\d\d \d\d:\d\d +1 of at most 5 +second office\n/,
    );
    const wrong = await tiebreak(["links", "study", "--revoke", "nobody"], study.env);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("The study “study” has no link nobody.");
  });
});
