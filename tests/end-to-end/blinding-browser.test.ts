import fs from "node:fs";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseByClick, headingIs, progressIs, takeAllWork } from "../support/annotator-page.ts";
import { takeTableAway } from "../support/broken-database.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy, type Names } from "../support/browser-study.ts";
import { type Canary, canary, dressesOf, findCanaries } from "../support/canaries.ts";
import { leakingPlaces } from "../support/leaks.ts";
import { everythingKept, Recorder } from "../support/received.ts";
import { prepare } from "../support/in-process.ts";

const DIST = path.resolve(import.meta.dirname, "../../dist/client");
const EACH = 6;
const canaries: Record<keyof Names, Canary> = {
  study: canary("study"),
  target: canary("target"),
  baseline: canary("baseline"),
  group: canary("group"),
  prompt: canary("prompt id"),
  file: canary("file"),
  seed: canary("seed"),
};
const all = Object.values(canaries);
const names = Object.fromEntries(
  Object.entries(canaries).map(([key, one]) => [key, one.name]),
) as unknown as Names;

describe("what an annotator's browser receives and keeps", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 12, each: EACH, guidelines: "Read **both**." }, names);
    browser = await openBrowser({ serviceWorkers: "allow" });
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });
  const move = (verb: string) => prepare(["study", verb, names.study], study.env);

  it("names nothing, in any state, on the wire or in storage", async () => {
    const watched = new Watched(await browser.newContext());
    const page = await watched.context.newPage();

    await page.goto(await study.openLink());
    await page.getByRole("button", { name: "Start" }).waitFor();
    await watched.look(page, "an open link");
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByRole("link", { name: "Continue to the first pair" }).waitFor();
    await watched.look(page, "one's own link");
    await page.getByRole("link", { name: "Continue to the first pair" }).click();
    await progressIs(page, 0, EACH);
    await watched.look(page, "judging");
    await chooseByClick(page);
    await page.locator(".choice.tie").waitFor(); // a newcomer holds one pair: the next comes with the reply
    await page.getByText("✓ saved").waitFor();
    await page.reload();
    await progressIs(page, 1, EACH);
    await watched.look(page, "a reload");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));

    await watched.context.setOffline(true);
    await chooseByClick(page);
    await page.reload();
    await progressIs(page, 2, EACH);
    await page.getByText("1 unsent: offline").waitFor();
    await watched.look(page, "a reload without network");
    await watched.context.setOffline(false);
    await page.getByText("✓ saved").waitFor();
    for (let judged = 2; judged < EACH; judged++) await chooseByClick(page);
    await headingIs(page, "All done. Thank you");
    await page.getByText("Everything is saved.").waitFor();
    await watched.look(page, "done");

    const other = await watched.context.newPage();
    const [second, ...others] = await study.invite(10);
    await other.goto(second!);
    await progressIs(other, 0, EACH);
    await move("pause");
    for (let i = 0; i < 4; i++) await chooseByClick(other);
    await headingIs(other, "The study is paused");
    await watched.look(other, "paused");
    await move("open");
    await other.reload();
    await progressIs(other, 4, EACH);

    const waiting = await watched.context.newPage();
    await waiting.goto(await takeAllWork(others));
    await headingIs(waiting, "No pairs available right now");
    await watched.look(waiting, "waiting");

    const mend = takeTableAway(study.env.DATABASE_URL, "assignment");
    const broken = await watched.context.newPage();
    await broken.goto(others.at(-1)!);
    await headingIs(broken, "The server is busy");
    await watched.look(broken, "a fault of the server");
    mend();

    const invalid = await watched.context.newPage();
    await invalid.goto(`${study.server.origin}/judge#${"x".repeat(43)}`);
    await headingIs(invalid, "This link is not valid");
    await watched.look(invalid, "a link that is not valid");
    await invalid.goto("about:blank");
    await invalid.goto(`${study.server.origin}/join#${"x".repeat(43)}`);
    await headingIs(invalid, "This link is not valid");
    await askWhatIsRefused(page, new URL(second!).hash.slice(1));
    await watched.look(page, "refusals");

    await move("close");
    const fetched = other.waitForResponse((reply) => reply.url().endsWith("/api/judge/work"));
    await other.reload();
    await fetched; // what is shown before it may be taken away by it
    const awake = other.locator(".choice.tie:not([aria-disabled=true])");
    const closed = other.getByRole("heading", { name: "The study is closed", level: 1 });
    for (;;) {
      await awake.or(closed).first().waitFor();
      if (await closed.isVisible()) break;
      await chooseByClick(other);
    }
    await headingIs(other, "The study is closed");
    await watched.look(other, "closed");

    expect(watched.recorder.unread).toEqual([]);
    expect([...watched.recorder.statuses]).toEqual(expect.arrayContaining([200, 400, 401, 404, 409, 500]));
    await watched.context.close();
  });

  it("names nothing in the part of the preview that shows an annotator's page", async () => {
    const { origin } = study.server;
    const token = new URL(await study.ownerLink()).hash.slice(1);
    const session = await fetch(`${origin}/api/session`, {
      method: "POST",
      headers: { origin, "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
    const cookie = session.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const reply = await fetch(`${origin}/api/studies/${names.study}/preview`, { headers: { cookie } });
    const preview = (await reply.json()) as { assignments: unknown[] };
    expect(preview.assignments.length).toBeGreaterThan(0);
    expect(findCanaries(JSON.stringify(preview), all)).toEqual([]);
    expect(findCanaries(JSON.stringify([...reply.headers]), all)).toEqual([]);
  });

  it("names nothing in the files that pages are built of", () => {
    const files = fs.readdirSync(DIST, { recursive: true, encoding: "utf8" });
    const texts = files.filter((file) => /\.(js|css|html)$/.test(file));
    expect(texts.length).toBeGreaterThan(5);
    for (const file of texts) {
      expect(findCanaries(fs.readFileSync(path.join(DIST, file), "utf8"), all), file).toEqual([]);
    }
  });

  it.each(dressesOf(names.target))(
    "would be found out, leaking anything dressed as $dress",
    async ({ text }) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${study.server.origin}/judge`);
      for (const [place, plant] of Object.entries(leakingPlaces)) {
        const recorder = new Recorder(context);
        const found = async () =>
          findCanaries(`${await recorder.text()} ${await everythingKept(page)}`, [canaries.target]);
        // a browser writes cookies a moment after the page has
        await expect.poll(found, { message: `before ${place}`, timeout: 60_000 }).toEqual([]);
        const takeBack = await plant(page, text);
        await expect.poll(found, { message: place, timeout: 60_000 }).not.toEqual([]);
        await takeBack();
      }
      await context.close();
    },
  );
});

/** A browser context with everything that it receives written down. */
class Watched {
  readonly recorder: Recorder;

  constructor(readonly context: BrowserContext) {
    this.recorder = new Recorder(context);
  }

  /** Searches all that has been received so far, and all that is kept now. */
  async look(page: Page, what: string): Promise<void> {
    const everything = `${await this.recorder.text()} ${await everythingKept(page)}`;
    expect(findCanaries(everything, all), what).toEqual([]);
  }
}

/** Requests as a broken or curious page might make them; the recorder hears the replies. */
async function askWhatIsRefused(page: Page, token: string): Promise<void> {
  await page.evaluate(async (bearer) => {
    const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
    const post = (url: string, body: object) =>
      fetch(url, { method: "POST", headers, body: JSON.stringify(body) }).then((reply) => reply.text());
    const work = JSON.parse(await post("/api/judge/work", { holding: [] })) as { buffer: string[] };
    const base = { activeMs: 1, language: "en", requestKey: "k".repeat(20), holding: [] };
    const judgment = { ...base, assignment: work.buffer[0], choice: "left" };
    await post("/api/judge/judgments", judgment);
    await post("/api/judge/judgments", { ...judgment, choice: "right" });
    await post("/api/judge/judgments", {
      ...judgment,
      requestKey: "l".repeat(20),
      assignment: "x".repeat(22),
    });
    await post("/api/judge/judgments", { ...judgment, extra: 1 });
    const { choice, language, ...skip } = { ...judgment, assignment: work.buffer[1] };
    const told = { ...skip, requestKey: "m".repeat(20), reason: "missing" };
    await post("/api/judge/skips", told);
    await post("/api/judge/skips", { ...told, reason: "other" });
    await post("/api/judge/skips", { ...told, choice, language });
    await post("/api/judge/earlier", { before: null });
    await post("/api/judge/nothing", {});
    await post("/api/studies", {});
    for (const url of [
      "/api/studies",
      "/api/results",
      "/api/judge/work",
      "/results/x",
      "/dashboard/x",
      "/annotator-worker.js",
    ])
      await (await fetch(url, { headers })).text();
  }, token);
}
