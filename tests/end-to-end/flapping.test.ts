import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../server/storage/open.ts";
import { headingIs, progressIs } from "../support/annotator-page.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { type FlappingProxy, startFlappingProxy, WEATHERS } from "../support/flapping-proxy.ts";

/** Each weather comes twice, after another one each time. */
const PAIRS = WEATHERS.length * 2;
const CHOICES = ["left", "tie", "right"] as const;

describe("a network that delays, cuts, resets and flaps between a browser and the server", () => {
  let study: BrowserStudy;
  let browser: Browser;
  let proxy: FlappingProxy;
  beforeAll(async () => {
    proxy = await startFlappingProxy();
    study = await browserStudy({ prompts: PAIRS, judgments: 1, each: PAIRS, publicUrl: proxy.origin });
    proxy.forwardTo(study.server.port);
    browser = await openBrowser({ serviceWorkers: "allow" });
  });
  afterAll(async () => {
    proxy?.close();
    await browser?.close();
    await study?.end();
  });

  it("loses no judgment and doubles none, through a reload while nothing is let through", async () => {
    const [link] = await study.invite(1);
    const page = await (await browser.newContext()).newPage();
    await page.goto(link!);
    await progressIs(page, 0, PAIRS);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const chosen = new Map<string, string>();
    for (let i = 0; i < PAIRS; i++) {
      proxy.be(WEATHERS[(i < WEATHERS.length ? i : i * 5) % WEATHERS.length]!);
      const choice = CHOICES[i % 3]!;
      chosen.set(await nextPair(page, proxy), choice);
      await page.locator(`.choice.${choice}`).click();
      if (i === WEATHERS.length) {
        proxy.be("down");
        await page.reload();
      }
    }
    proxy.be("calm");
    await headingIs(page, "All done. Thank you");
    await page.getByText("Everything is saved.").waitFor();
    expect(proxy.broken).toBeGreaterThan(PAIRS / 2);
    const recorded = await judgmentsOf(study);
    expect(new Map(recorded.map(({ prompt, choice }) => [prompt, choice]))).toEqual(chosen);
    expect(recorded).toHaveLength(PAIRS);
  });
});

/** The prompt of a pair that can be judged; the network calms down where none is left in the browser. */
async function nextPair(page: Page, proxy: FlappingProxy): Promise<string> {
  const pair = page.locator(".pair-screen:has(~ .choice-bar .choice.tie:not([aria-disabled=true]))");
  await page.locator(".pair-screen, main.notice").first().waitFor();
  if ((await page.locator(".pair-screen").count()) === 0) proxy.be("calm");
  await pair.waitFor();
  return `p${/Question (\d+)\?/.exec((await pair.textContent()) ?? "")?.[1]}`;
}

/** Every judgment, changes included, with its prompt. */
async function judgmentsOf(study: BrowserStudy): Promise<{ prompt: string; choice: string }[]> {
  const database = openDatabase(study.env.DATABASE_URL);
  const rows = await database.read(({ db }) =>
    db
      .selectFrom("judgment as j")
      .innerJoin("assignment as a", "a.id", "j.assignment_id")
      .innerJoin("comparison as c", "c.id", "a.comparison_id")
      .innerJoin("prompt as p", "p.id", "c.prompt_id")
      .select(["p.external_id as prompt", "j.choice"])
      .execute(),
  );
  await database.close();
  return rows;
}
