import fs from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PlatformShown } from "../../server/contract/platforms.ts";
import { AnnotatorClient } from "../support/annotator-client.ts";
import { chooseByClick, headingIs } from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";

const PID = "0123456789abcdef0123";
const COMPLETED = "https://app.prolific.com/submissions/complete?cc=";
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe("somebody who comes from a crowd platform", () => {
  let study: BrowserStudy;
  let browser: Browser;
  let platform: PlatformShown;
  beforeAll(async () => {
    browser = await openBrowser({ serviceWorkers: "allow" });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    study = await browserStudy({ prompts: 6, judgments: 2, each: 2 });
    platform = await set("prolific");
  });
  afterEach(() => study?.end());

  const set = async (...words: string[]): Promise<PlatformShown> => {
    const args = ["platform", "set", "study", ...words, "--port", String(study.server.port), "--json"];
    return JSON.parse(await prepare(args, study.env)) as PlatformShown;
  };
  const codeOf = (finish: string) => platform.finishes.find((one) => one.finish === finish)?.code ?? "";
  /** The platform's part: its address with the ids of somebody in the place of its placeholders. */
  const addressFor = (n: number, of = platform): string =>
    (of.address ?? "")
      .replace("{{%PROLIFIC_PID%}}", `${PID}${String(n).padStart(4, "0")}`)
      .replace("{{%STUDY_ID%}}", "5f0000000000000000000001")
      .replace("{{%SESSION_ID%}}", `6f000000000000000000000${n}`);
  const open = async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(url);
    return page;
  };
  const start = async (page: Page): Promise<void> => {
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByRole("link", { name: "Continue to the first pair" }).click();
    await page.locator(".choice.tie").waitFor();
  };
  const clean = async (page: Page): Promise<void> => {
    expect(await axeFaults(page)).toEqual([]);
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(wide).toBeLessThanOrEqual(seen ?? 0);
  };

  it("starts, judges on two devices, and is sent back with the code of a completed part", async () => {
    const page = await open(addressFor(1));
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.url(), request.headers().referer ?? ""));
    await page.getByText("The ids that the platform put in your link").waitFor();
    expect(page.url()).not.toContain(PID);
    await clean(page);
    await keep(page, "join-platform");
    await page.reload();
    await start(page);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
    const phone = await open(addressFor(1), PHONE);
    await phone.getByText("1 of 2", { exact: true }).waitFor();
    await clean(phone);
    await keep(phone, "pair-with-stop");
    await chooseByClick(phone);
    await headingIs(phone, "All done. Thank you");
    const back = phone.getByRole("link", { name: "Return to Prolific" });
    await phone.getByText(codeOf("completed"), { exact: true }).waitFor();
    expect(await back.getAttribute("href")).toBe(COMPLETED + codeOf("completed"));
    await clean(phone);
    await keep(phone, "finish-completed");
    await phone.getByRole("button", { name: "Stay on this page" }).click();
    await phone.getByText("Go back to Prolific when you are ready.").waitFor();
    const leaves = page.waitForRequest(COMPLETED + codeOf("completed"));
    await page.reload();
    await leaves; // by itself
    expect(sent.join(" ")).not.toContain(PID);
    expect(study.server.output()).not.toContain(PID);
  });

  it("may say no, and nothing of them is kept", async () => {
    const page = await open(addressFor(2));
    await page.getByRole("button", { name: "I do not want to take part: back to Prolific" }).click();
    await headingIs(page, "You have not started");
    const back = page.getByRole("link", { name: "Return to Prolific" });
    expect(await back.getAttribute("href")).toBe(COMPLETED + codeOf("no_consent"));
    await clean(page);
    await keep(page, "declined");
    expect(await prepare(["links", "study"], study.env)).not.toContain("annotator-1");
  });

  it("may stop after a question, and keeps what was judged", async () => {
    const page = await open(addressFor(3));
    await start(page);
    await chooseByClick(page);
    await page.getByRole("button", { name: "Leave this study" }).click();
    await page.getByRole("button", { name: "Stop and return to Prolific" }).click();
    await page.getByRole("heading", { name: "Stop here for good?" }).waitFor();
    await clean(page);
    await keep(page, "stop-question");
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("button", { name: "Keep judging" }).click();
    await page.getByRole("button", { name: "Leave this study" }).click();
    await page.getByRole("button", { name: "Stop and return to Prolific" }).click();
    await page.getByRole("button", { name: "Stop here" }).click();
    await headingIs(page, "You stopped here. Thank you");
    await page.getByText("You judged 1 pair.").waitFor();
    const back = page.getByRole("link", { name: "Return to Prolific" });
    expect(await back.getAttribute("href")).toBe(COMPLETED + codeOf("stopped"));
    await clean(page);
  });

  it("is sent back too when excluded, and when there is nothing left", async () => {
    const page = await open(addressFor(4));
    await start(page);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
    const late = await open(addressFor(5));
    await late.getByRole("button", { name: "Start", exact: true }).waitFor();
    await prepare(["exclude", "study", "--annotator", "annotator-1", "--rule", "a rule"], study.env);
    await page.reload();
    await headingIs(page, "Your part in this study is over");
    await page.getByText(codeOf("ended"), { exact: true }).waitFor();
    await keep(page, "finish-ended");
    for (const link of await study.invite(6)) {
      const { origin, hash } = new URL(link);
      await new AnnotatorClient(origin, hash.slice(1)).judgeUntil(() => false);
    }
    await late.getByRole("button", { name: "Start", exact: true }).click();
    await headingIs(late, "Nothing left to judge");
    await late.getByText(codeOf("no_work"), { exact: true }).waitFor();
    await clean(late);
    await keep(late, "join-no-work");
  });

  it("learns what to do when the address is a preview, or does not name them", async () => {
    const preview = await open(platform.address ?? "");
    await preview.getByText("This is a preview").waitFor();
    expect(await preview.getByRole("button", { name: "Start" }).count()).toBe(0);
    await clean(preview);
    await keep(preview, "join-preview");
    const plain = await open((platform.address ?? "").replace(/\?[^#]*/, ""));
    await headingIs(plain, "Open the study from its platform");
    await keep(plain, "join-without-id");
    const doubled = await open(addressFor(6).replace("?", `?PROLIFIC_PID=${PID}9999&`));
    await headingIs(doubled, "The address is not complete");
    await clean(doubled);
    expect(await prepare(["links", "study"], study.env)).not.toContain("annotator-1");
  });

  it("comes from CloudResearch Connect or a panel as well, and gets an address or a code of theirs", async () => {
    const address = "https://connect.example.org/done?participant={participant}";
    platform = await set("connect", "--address", `completed=${address}`);
    const page = await open(`${platform.address ?? ""}?participantId=AB12CD34&assignmentId=x1&projectId=y1`);
    await start(page);
    await chooseByClick(page);
    await chooseByClick(page);
    await headingIs(page, "All done. Thank you");
    const back = page.getByRole("link", { name: "Return to CloudResearch Connect" });
    expect(await back.getAttribute("href")).toBe("https://connect.example.org/done?participant=AB12CD34");
  });

  it("is set up on the dashboard's page with what the command line prints", async () => {
    const desk = await open(await study.ownerLink(), { viewport: { width: 1280, height: 900 } });
    await desk.getByRole("link", { name: "study" }).first().click();
    await desk.locator("#people summary", { hasText: "Crowd platform" }).click();
    await desk.getByText(platform.address ?? "", { exact: true }).waitFor();
    for (const { code } of platform.finishes) await desk.getByText(code ?? "", { exact: true }).waitFor();
    await clean(desk);
    await desk.locator("#people").scrollIntoViewIfNeeded();
    await keep(desk, "dashboard-platform");
    const printed = await prepare(["platform", "show", "study"], study.env);
    expect(printed).toContain(platform.address);
    for (const { code } of platform.finishes) expect(printed).toContain(code);
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

/** Keeps a picture of the page, light, dark and on a phone, where a folder for them is named. */
async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder === undefined) return;
  fs.mkdirSync(folder, { recursive: true });
  const size = page.viewportSize();
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: `${folder}/${name}-${scheme}.png` });
  }
  for (const [what, width, height] of [
    ["phone", 390, 844],
    ["wide", 1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${folder}/${name}-${what}.png` });
  }
  if (size) await page.setViewportSize(size);
}
