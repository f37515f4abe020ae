import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AnnotatorClient } from "../support/annotator-client.ts";
import { chooseByClick, headingIs } from "../support/annotator-page.ts";
import { expectClean } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { start as startHere } from "../support/entry-page.ts";
import { keep, PHONE } from "../support/pictures.ts";
import { PROLIFIC_ID, setPlatform, type TestPlatform } from "../support/platform.ts";
import { prepare } from "../support/in-process.ts";

const COMPLETED = "https://app.prolific.com/submissions/complete?cc=";

describe("somebody who comes from a crowd platform", () => {
  let study: BrowserStudy;
  let browser: Browser;
  let platform: TestPlatform;
  beforeAll(async () => {
    browser = await openBrowser({ serviceWorkers: "allow" });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    study = await browserStudy({ prompts: 6, judgments: 2, each: 2 });
    platform = await setPlatform(study, "prolific");
  });
  afterEach(() => study?.end());

  const open = async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(url);
    return page;
  };
  const start = async (page: Page): Promise<void> => {
    await startHere(page);
    await page.locator(".choice.tie").waitFor();
  };

  it("starts, judges on two devices, and is sent back with the code of a completed part", async () => {
    const page = await open(platform.addressFor(1));
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.url(), request.headers().referer ?? ""));
    await page.getByText("The ids that the platform put in your link").waitFor();
    expect(page.url()).not.toContain(PROLIFIC_ID);
    await expectClean(page);
    await keep(page, "join-platform");
    await page.reload();
    await start(page);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
    const phone = await open(platform.addressFor(1), PHONE);
    await phone.getByText("1 of 2", { exact: true }).waitFor();
    await expectClean(phone);
    await keep(phone, "pair-with-stop");
    await chooseByClick(phone);
    await headingIs(phone, "All done. Thank you");
    const back = phone.getByRole("link", { name: "Return to Prolific" });
    await phone.getByText(platform.codeOf("completed"), { exact: true }).waitFor();
    expect(await back.getAttribute("href")).toBe(COMPLETED + platform.codeOf("completed"));
    await expectClean(phone);
    await keep(phone, "finish-completed");
    await phone.getByRole("button", { name: "Stay on this page" }).click();
    await phone.getByText("Go back to Prolific when you are ready.").waitFor();
    const leaves = page.waitForRequest(COMPLETED + platform.codeOf("completed"));
    await page.reload();
    await leaves; // by itself
    expect(sent.join(" ")).not.toContain(PROLIFIC_ID);
    expect(study.server.output()).not.toContain(PROLIFIC_ID);
  });

  it("may say no, and nothing of them is kept", async () => {
    const page = await open(platform.addressFor(2));
    await page.getByRole("button", { name: "I do not want to take part: back to Prolific" }).click();
    await headingIs(page, "You have not started");
    const back = page.getByRole("link", { name: "Return to Prolific" });
    expect(await back.getAttribute("href")).toBe(COMPLETED + platform.codeOf("no_consent"));
    await expectClean(page);
    await keep(page, "declined");
    expect(await prepare(["links", "study"], study.env)).not.toContain("annotator-1");
  });

  it("may stop after a question, and keeps what was judged", async () => {
    const page = await open(platform.addressFor(3));
    await start(page);
    await chooseByClick(page);
    await page.getByRole("button", { name: "Leave this study" }).click();
    await page.getByRole("button", { name: "Stop and return to Prolific" }).click();
    await page.getByRole("heading", { name: "Stop here for good?" }).waitFor();
    await expectClean(page);
    await keep(page, "stop-question");
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("button", { name: "Keep judging" }).click();
    await page.getByRole("button", { name: "Leave this study" }).click();
    await page.getByRole("button", { name: "Stop and return to Prolific" }).click();
    await page.getByRole("button", { name: "Stop here" }).click();
    await headingIs(page, "You stopped here. Thank you");
    await page.getByText("You judged 1 pair.").waitFor();
    const back = page.getByRole("link", { name: "Return to Prolific" });
    expect(await back.getAttribute("href")).toBe(COMPLETED + platform.codeOf("stopped"));
    await expectClean(page);
  });

  it("is sent back too when excluded, and when there is nothing left", async () => {
    const page = await open(platform.addressFor(4));
    await start(page);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
    const late = await open(platform.addressFor(5));
    await late.getByRole("button", { name: "Start", exact: true }).waitFor();
    await prepare(["exclude", "study", "--annotator", "annotator-1", "--rule", "a rule"], study.env);
    await page.reload();
    await headingIs(page, "Your part in this study is over");
    await page.getByText(platform.codeOf("ended"), { exact: true }).waitFor();
    await keep(page, "finish-ended");
    for (const link of await study.invite(6)) {
      const { origin, hash } = new URL(link);
      await new AnnotatorClient(origin, hash.slice(1)).judgeUntil(() => false);
    }
    await late.getByRole("button", { name: "Start", exact: true }).click();
    await headingIs(late, "Nothing left to judge");
    await late.getByText(platform.codeOf("no_work"), { exact: true }).waitFor();
    await expectClean(late);
    await keep(late, "join-no-work");
  });

  it("learns what to do when the address is a preview, or does not name them", async () => {
    const preview = await open(platform.shown.address ?? "");
    await preview.getByText("This is a preview").waitFor();
    expect(await preview.getByRole("button", { name: "Start" }).count()).toBe(0);
    await expectClean(preview);
    await keep(preview, "join-preview");
    const plain = await open((platform.shown.address ?? "").replace(/\?[^#]*/, ""));
    await headingIs(plain, "Open the study from its platform");
    await keep(plain, "join-without-id");
    const doubled = await open(platform.addressFor(6).replace("?", `?PROLIFIC_PID=${PROLIFIC_ID}9999&`));
    await headingIs(doubled, "The address is not complete");
    await expectClean(doubled);
    expect(await prepare(["links", "study"], study.env)).not.toContain("annotator-1");
  });

  it("is set up on the dashboard's page with what the command line prints", async () => {
    const desk = await open(await study.ownerLink(), { viewport: { width: 1280, height: 900 } });
    await desk.getByRole("link", { name: "study" }).first().click();
    await desk.getByRole("heading", { name: "Address for the platform" }).waitFor();
    await desk
      .locator(".ways")
      .getByText(platform.shown.address ?? "", { exact: true })
      .waitFor();
    expect(await desk.getByRole("button", { name: "Create an open link" }).count()).toBe(0);
    await desk.locator("#people summary", { hasText: "Crowd platform" }).click();
    const settings = desk.locator(".platform-settings");
    await settings.getByText(platform.shown.address ?? "", { exact: true }).waitFor();
    for (const { code } of platform.shown.finishes)
      await desk.getByText(code ?? "", { exact: true }).waitFor();
    await expectClean(desk);
    await desk.locator("#people").scrollIntoViewIfNeeded();
    await keep(desk, "dashboard-platform");
    const printed = await prepare(["platform", "show", "study"], study.env);
    expect(printed).toContain(platform.shown.address);
    for (const { code } of platform.shown.finishes) expect(printed).toContain(code);
  });
});

describe("somebody who comes by an open link", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 6, judgments: 3, each: 2 });
    browser = await openBrowser({ serviceWorkers: "allow" });
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const join = async (page: Page, link: string): Promise<void> => {
    await page.goto(link);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByText("Keep this link").waitFor();
    await page.goto("about:blank");
    await page.goto(link);
    await page.getByRole("link", { name: "Continue where you left off" }).waitFor();
  };

  it("is one person in one browser, unless the owner allows several", async () => {
    const page = await (await browser.newContext()).newPage();
    await join(page, await study.openLink());
    expect(await page.getByRole("button").count()).toBe(0);
    await keep(page, "join-was-here");
    const args = ["invite", "study", "--group", "crowd", "--open", "--several", "--most", "60", "--json"];
    const { links } = JSON.parse(await prepare(args, study.env)) as { links: { url: string }[] };
    await join(page, links[0]!.url);
    await page.getByRole("button", { name: "Start as another person" }).click();
    await page.getByText("Keep this link").waitFor();
    const listed = await prepare(["links", "study"], study.env);
    expect(listed.match(/^annotator-\d+/gm)).toHaveLength(3);
  });

  it("reads that enough people have joined where no more may, as the dashboard set it", async () => {
    const desk = await (await browser.newContext()).newPage();
    await desk.goto(await study.ownerLink());
    await desk.getByRole("link", { name: "study" }).first().click();
    await desk.getByLabel("How many may join").fill("1");
    await keep(desk, "dashboard-open-link");
    await desk.getByRole("button", { name: /Create .* open link/ }).click();
    const link = (await desk.locator("#people .made code").textContent()) ?? "";
    const page = await (await browser.newContext()).newPage();
    await page.goto(link);
    await headingIs(page, "Enough people have joined");
    await keep(page, "join-crowded");
  });
});
