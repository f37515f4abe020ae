import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StudyDetail } from "../../server/contract/studies.ts";
import { AnnotatorClient } from "../support/annotator-client.ts";
import { expectClean } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";

const PROMPTS = 10;

describe("an open study that people have judged, on the dashboard", () => {
  let study: BrowserStudy;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    study = await browserStudy({ prompts: PROMPTS });
    const [varied, oneSided] = (await study.invite(2)).map((url) => url.split("#")[1]!);
    const { origin } = study.server;
    await new AnnotatorClient(origin, varied!).judgeUntil(() => false);
    await new AnnotatorClient(origin, oneSided!, ["left"]).judgeUntil(() => false);
    browser = await openBrowser();
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], study.env)) as { url: string };
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    await page.goto(url);
    await page.getByRole("link", { name: "study", exact: true }).click();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const show = async (name = "study"): Promise<StudyDetail> =>
    JSON.parse(await prepare(["study", "show", name, "--json"], study.env)) as StudyDetail;
  const button = (name: string) => page.getByRole("button", { name, exact: true });

  it("excludes by a rule once its effect has been shown, and takes that back", async () => {
    const form = page.locator("#annotators .exclude-rule");
    await form.locator("summary").click();
    await form.getByLabel("Rule", { exact: true }).selectOption("always one side");
    await button("Show whom it meets").click();
    await form.getByText("The rule meets 1 annotator.").waitFor();
    await form.getByText(`${PROMPTS} judgments would be in no figure any more.`).waitFor();
    await form.getByText(`${PROMPTS} judgments would be wanted again`).waitFor();
    const [now, without] = await form.locator("tbody td").allTextContents();
    expect([now, without]).toEqual([
      expect.stringContaining(`${2 * PROMPTS} judgments`),
      expect.stringContaining(`${PROMPTS} judgments`),
    ]);
    expect((await show()).judged).toBe(2 * PROMPTS); // nothing is done yet
    await expectClean(page);
    await button("Exclude 1 annotator").click();
    await form.getByText("1 annotator excluded.").waitFor();
    expect((await show()).judged).toBe(PROMPTS);
    await page.locator("#annotators table").getByText("excluded:").waitFor();
    await button("Undo").click();
    await form.getByText("1 annotator excluded.").waitFor({ state: "detached" });
    expect((await show()).judged).toBe(2 * PROMPTS);
  });

  it("is amended once what follows is listed, with a reason and its name, and keeps every judgment", async () => {
    const form = page.locator("#amend");
    await form.getByText("Amend the study", { exact: true }).click();
    await form.getByLabel("Judgments per comparison").fill("3");
    await button("Show what follows").click();
    const plan = form.getByRole("group", { name: "Revision 2" });
    await plan.getByText(`${PROMPTS} judgments`, { exact: false }).first().waitFor();
    const act = button("Amend");
    expect(await act.isDisabled()).toBe(true);
    await plan.getByLabel("Reason").fill("wider intervals than planned");
    expect(await act.isDisabled()).toBe(true); // the name is missing
    await plan.getByLabel("Type the study’s name, study, to amend it").fill("study");
    await expectClean(page);
    expect((await show()).wanted).toBe(2 * PROMPTS);
    await act.click();
    await form.getByRole("list", { name: "Revisions" }).getByText("wider intervals than planned").waitFor();
    expect(await show()).toMatchObject({ wanted: 3 * PROMPTS, judged: 2 * PROMPTS, state: "open" });
    const [third] = await study.invite(1);
    await new AnnotatorClient(study.server.origin, third!.split("#")[1]!).judgeUntil(() => false);
    expect(await show()).toMatchObject({ wanted: 3 * PROMPTS, judged: 3 * PROMPTS });
  });

  it("is what another study starts from: its groups and settings, and none of its texts", async () => {
    await button("Start a new study from this one").click();
    await page.getByLabel("Name of the study").fill("second");
    await expectClean(page);
    await button("Start a new study from this one").click();
    await page.waitForURL(/\/second$/);
    await page.getByText("Load prompts and the outputs of two systems first.").waitFor();
    expect(await page.getByLabel("Judgments per comparison, crowd").inputValue()).toBe("3");
    await expectClean(page);
    const [first, second] = [await show(), await show("second")];
    expect(second).toMatchObject({ state: "draft", prompts: 0, systems: 0, judged: 0 });
    expect(second.protocol.groups).toEqual(first.protocol.groups);
    expect(second.protocol.pairs).toEqual(first.protocol.pairs);
  });
});
