import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Departures } from "../../server/contract/leaving.ts";
import { chooseByClick, headingIs, progressIs, shownPair, takeWork } from "../support/annotator-page.ts";
import { expectClean } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { start } from "../support/entry-page.ts";
import { prepare } from "../support/in-process.ts";
import { keep, PHONE } from "../support/pictures.ts";
import { setPlatform } from "../support/platform.ts";

let study: BrowserStudy;
let browser: Browser;
beforeAll(async () => {
  study = await browserStudy({ prompts: 40, judgments: 1, each: 4 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await study?.end();
});

const open = async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(url);
  return page;
};
const leave = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Leave this study" }).click();
  await page.getByRole("heading", { name: "Your data", exact: true }).waitFor();
};
const departures = async (): Promise<Departures["departures"]> =>
  (JSON.parse(await prepare(["annotator", "list", "study", "--json"], study.env)) as Departures).departures;
const judged = async (): Promise<number> =>
  (JSON.parse(await prepare(["study", "show", "study", "--json"], study.env)) as { judged: number }).judged;

describe("an annotator who leaves", () => {
  it("stops for now: others get the pairs, and the link lets them continue", async () => {
    const [link, other] = await study.invite(2);
    const page = await open(link!);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
    const pair = await shownPair(page);
    await leave(page);
    await expectClean(page);
    await keep(page, "leaving");
    await page.keyboard.press("1");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Leave this study");
    expect(await shownPair(page), "a key in the dialog chooses nothing").toBe(pair);
    await leave(page);
    await page.getByRole("button", { name: "Stop for now" }).click();
    await headingIs(page, "You stopped here. Thank you");
    await expectClean(page);
    await keep(page, "stopped");
    expect((await takeWork(other!)).state).toBe("work");
    await page.getByRole("button", { name: "Continue judging" }).click();
    await progressIs(page, 1, 4);
  });

  it("withdraws: the question is plain, no judgment counts, and coming back says so", async () => {
    const [link] = await study.invite(1);
    const page = await open(link!, PHONE);
    const before = await judged();
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
    await expect.poll(judged).toBe(before + 1);
    await leave(page);
    await page.getByRole("button", { name: "Withdraw my judgments" }).click();
    await page.getByText("You will get no more pairs. This cannot be undone.").waitFor();
    await page.getByRole("heading", { name: "Withdraw your judgments?" }).waitFor();
    await expectClean(page);
    await keep(page, "withdraw");
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("button", { name: "Withdraw my judgments" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Withdraw my judgments" }).click();
    await headingIs(page, "You have withdrawn");
    await expectClean(page);
    await keep(page, "withdrawn");
    expect(await judged()).toBe(before);
    expect((await departures()).at(-1)).toMatchObject({ kind: "withdrawn", by: "annotator", duties: [] });
    await page.reload();
    await headingIs(page, "You have withdrawn");
    await leave(page);
    expect(await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).count()).toBe(0);
    await page.getByRole("button", { name: "Erase my data" }).waitFor();
  });

  it("is erased: here, in this browser, and the link is no link any more", async () => {
    const page = await open(await study.openLink());
    await start(page);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
    const own = page.url();
    await leave(page);
    await page.getByRole("button", { name: "Erase my data" }).click();
    await page.getByRole("heading", { name: "Erase your data?" }).waitFor();
    await expectClean(page);
    await keep(page, "erase");
    await page.getByRole("dialog").getByRole("button", { name: "Erase my data" }).click();
    await headingIs(page, "Your data has been erased");
    await expectClean(page);
    await keep(page, "erased");
    const token = own.split("#")[1] ?? "";
    await expect.poll(() => page.url()).not.toContain(token);
    expect(await kept(page)).toEqual({ records: 0, ofToken: 0 });
    expect((await departures()).at(-1)).toMatchObject({ kind: "erased", duties: ["copies"] });
    await page.goto("about:blank");
    await page.goto(own);
    await headingIs(page, "This link is not valid");
    expect(await page.getByRole("button", { name: "Leave this study" }).count()).toBe(0);
    await page.goto(`${study.server.origin}/privacy`);
    await headingIs(page, "What is kept about annotators");
    await expectClean(page);
    await keep(page, "privacy");
  });

  it("who came from a platform is led back with a code, stopped or erased", async () => {
    const platform = await setPlatform(study, "prolific");
    const code = platform.codeOf("stopped");
    const page = await open(platform.addressFor(1));
    await start(page);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
    await leave(page);
    await page.getByRole("button", { name: "Erase my data" }).click();
    await page.getByText("return to Prolific right away").waitFor();
    await keep(page, "erase-platform");
    await page.getByRole("dialog").getByRole("button", { name: "Erase my data" }).click();
    await headingIs(page, "Your data has been erased");
    await page.getByText(code, { exact: true }).waitFor();
    await expectClean(page);
    expect((await departures()).at(-1)).toMatchObject({ kind: "erased", duties: ["pay", "copies"] });
  });

  it("at their own request by the owner: the dashboard lists who left, withdraws, erases and keeps ids for days", async () => {
    const desk = await open(await study.ownerLink(), { viewport: { width: 1280, height: 900 } });
    const [link] = await study.invite(1);
    expect((await takeWork(link!)).state).toBe("work");
    await desk.getByRole("link", { name: "study" }).first().click();
    await desk.locator("#people summary", { hasText: "Who left" }).click();
    const name =
      ((await prepare(["links", "study"], study.env)).match(/^annotator-\d+/gm) ?? []).at(-1) ?? "";
    await desk.getByLabel("Name in the study").fill(name);
    await desk.locator("#people").getByRole("button", { name: "Erase", exact: true }).click();
    await desk.getByText(`Erase ${name}?`, { exact: true }).waitFor();
    await expectClean(desk);
    await desk.locator(".confirm .primary").click();
    await desk.getByText(`Erased. What is left is called ${name}.`).waitFor();
    await desk.locator("#people").getByRole("rowheader", { name }).waitFor();
    await desk.getByRole("button", { name: `Done: copies, ${name}` }).click();
    await desk.getByRole("button", { name: `Undo: copies, ${name}` }).click();
    await desk.getByRole("button", { name: `Done: copies, ${name}` }).click();
    await desk.locator("#people").getByRole("row", { name }).getByText("Copies deleted on").waitFor();
    await desk.getByLabel("Days after closing").fill("14");
    await desk.getByRole("button", { name: "Set", exact: true }).click();
    await desk.getByText("Ids are erased 14 days after the study has closed.").waitFor();
    await desk.locator(".departures").scrollIntoViewIfNeeded();
    await expectClean(desk);
    await keep(desk, "dashboard-departures");
    expect((await departures()).at(-1)).toMatchObject({ annotator: name, kind: "erased", by: "owner" });
  });

  it("learns that nothing has changed while the server cannot be reached", async () => {
    const [link] = await study.invite(1);
    const page = await open(link!);
    await page.getByRole("button", { name: "Leave this study" }).waitFor();
    await leave(page);
    await page.getByRole("button", { name: "Withdraw my judgments" }).click();
    await page.route("**/api/judge/withdraw", (route) => route.abort());
    await page.getByRole("dialog").getByRole("button", { name: "Withdraw my judgments" }).click();
    await page.getByText("Nothing has changed. Try again in a moment.").waitFor();
    expect((await departures()).at(-1)).toMatchObject({ kind: "erased" });
  });
});

/** What this browser keeps: records of the outbox, and entries that hold the link. */
async function kept(page: Page): Promise<{ records: number; ofToken: number }> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("The storage failed."));
      });
    let records = 0;
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name!));
      for (const store of database.objectStoreNames)
        records += await done(database.transaction(store).objectStore(store).count());
    }
    const joined = Object.keys(localStorage).filter((key) => key.startsWith("tiebreak-"));
    return { records, ofToken: joined.filter((key) => /joined|proposed/.test(key)).length };
  });
}
