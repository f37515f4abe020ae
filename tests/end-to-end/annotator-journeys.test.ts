import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../server/storage/open.ts";
import { pageKept } from "../support/annotator-page.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";

const ATTACK = [
  "<script>window.hit = 1</script><img src=x onerror='window.hit = 2'>",
  "[click](javascript:alert(1)) ![pixel](https://tracker.example.org/p.png)",
  "",
  "```js\nconst x = 1;\n```",
  "",
  "Euler: $e^{i\\pi} + 1 = 0$",
].join("\n");
const TEXTS: [string, string, string][] = [
  ["Attack and code?", ATTACK, "| a | b |\n|---|--:|\n| 1 | 2 |"],
  ["用中文回答？", "你好，世界。", "再见。"],
  ["بالعربية؟", "مرحبا بالعالم\n\n| أ | ب |\n|---|---|\n| ج | د |", "إلى اللقاء"],
];

describe("an annotator", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({
      prompts: 24,
      judgments: 10, // every test's annotators find all of the study free
      texts: (i) => TEXTS[i] ?? [`Question ${i}?`, `First answer to ${i}.`, `Second answer to ${i}.`],
    });
    browser = await openBrowser({ serviceWorkers: "allow" });
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const judgments = async () => {
    const database = openDatabase(study.env.DATABASE_URL);
    const rows = await database.read(({ db }) =>
      db
        .selectFrom("judgment as j")
        .innerJoin("assignment as a", "a.id", "j.assignment_id")
        .select(["a.annotator_id as annotator", "a.ordinal", "j.revision", "j.choice"])
        .orderBy("j.id")
        .execute(),
    );
    await database.close();
    return rows;
  };

  it("goes on without network, reloads without it, and loses nothing", async () => {
    const [link] = await study.invite(1);
    const before = (await judgments()).length;
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(link!);
    await judge(page, 0);
    await page.getByText("✓ saved").waitFor();
    await page.reload();
    await page.getByText("1 of 24", { exact: true }).waitFor();
    await pageKept(page);
    await context.setOffline(true);
    await choose(page);
    await choose(page);
    await page.getByText(/2 unsent/).waitFor();
    const shown = await promptOf(page);
    await page.reload();
    await page.locator(".choice.left").waitFor();
    expect(await promptOf(page)).toBe(shown);
    await page.getByText(/2 unsent/).waitFor();
    await context.setOffline(false);
    await page.getByText("✓ saved").waitFor();
    expect((await judgments()).length).toBe(before + 3);
    await context.close();
  });

  it("takes a key in the moment in which the choices wake, pair after pair", async () => {
    const [link] = await study.invite(1);
    const page = await (await browser.newContext()).newPage();
    await page.goto(link!);
    await page.getByText("0 of 24", { exact: true }).waitFor();
    await page.evaluate(() => {
      let last = "";
      const look = () => {
        const prompt = document.querySelector(".prompt-strip, .pair-screen")?.textContent ?? "";
        if (prompt === last || !document.querySelector(".choice.left:not([aria-disabled=true])")) return;
        last = prompt;
        window.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
      look();
    });
    await page.getByRole("heading", { name: "All done. Thank you" }).waitFor();
    await page.context().close();
  });

  it("loses nothing when the tab is closed right after a click", async () => {
    const [link] = await study.invite(1);
    const before = (await judgments()).length;
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(link!);
    await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
    await page.evaluate(() => document.querySelector<HTMLElement>(".choice.left")?.click());
    await page.close();
    const again = await context.newPage();
    await again.goto(link!);
    await again.getByText("✓ saved").waitFor();
    await again.getByText("1 of 24", { exact: true }).waitFor();
    expect((await judgments()).length).toBe(before + 1);
    await context.close();
  });

  it("finds the same pair on another device, goes back there and changes an answer", async () => {
    const [link] = await study.invite(1);
    const first = await (await browser.newContext()).newPage();
    await first.goto(link!);
    await judge(first, 0);
    await first.getByText("✓ saved").waitFor();
    const shown = await promptOf(first);
    const second = await (await browser.newContext()).newPage();
    await second.goto(link!);
    await second.locator(".choice.left").waitFor();
    expect(await promptOf(second)).toBe(shown);
    await second.keyboard.press("Backspace");
    await second.locator(".choice.left[aria-pressed=true]").waitFor();
    await second.keyboard.press("ArrowRight");
    await second.getByText("✓ saved").waitFor();
    await second.waitForFunction(() => !document.querySelector(".choice[aria-pressed]"));
    expect(await promptOf(second)).toBe(shown);
    const mine = (await judgments()).slice(-2);
    expect(mine.map((row) => [row.ordinal, row.revision, row.choice])).toEqual([
      [1, 1, "left"],
      [1, 2, "right"],
    ]);
    expect(mine[0]?.annotator).toBe(mine[1]?.annotator);
  });

  it("sees the next pair in the next frame after a click, however slow the server is", async () => {
    const [link] = await study.invite(1);
    const page = await (await browser.newContext()).newPage();
    await page.goto(link!);
    await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
    await page.route("**/api/judge/judgments", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      await route.continue();
    });
    const changed = await page.evaluate(async () => {
      const text = () => document.querySelector("main")?.textContent;
      const before = text();
      document.querySelector<HTMLElement>(".choice.left")?.click();
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return text() !== before;
    });
    expect(changed).toBe(true);
    await page.context().close();
  });

  it("is not told that an answer is saved before the server has it", async () => {
    const [link] = await study.invite(1);
    const page = await (await browser.newContext({ serviceWorkers: "block" })).newPage();
    await page.goto(link!);
    await page.getByText("✓ saved").waitFor();
    const held: (() => void)[] = [];
    await page.route("**/api/judge/judgments", async (route) => {
      await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    const before = (await judgments()).length;
    await choose(page);
    await page.getByText("saving…").waitFor();
    expect(await page.getByText("✓ saved").count()).toBe(0);
    expect((await judgments()).length).toBe(before);
    await expect.poll(() => held.length).toBe(1);
    held[0]?.();
    await page.getByText("✓ saved").waitFor();
    expect((await judgments()).length).toBe(before + 1);
    await page.context().close();
  });

  it("on a phone can choose only when both answers were on the screen", async () => {
    const [link] = await study.invite(1);
    const context = await browser.newContext({ viewport: { width: 320, height: 360 }, hasTouch: true });
    const page = await context.newPage();
    await page.goto(link!);
    await page.locator(".choice.left[aria-disabled=true]").waitFor();
    await page.getByText("Look at", { exact: false }).first().waitFor();
    const awake = page.locator(".choice.left:not([aria-disabled=true])");
    await expect
      .poll(
        async () => {
          await page.mouse.wheel(0, 150); // as somebody who reads; a leap passes by the first answer
          return awake.count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);
    await awake.tap();
    await page.getByText("1 of 24", { exact: true }).waitFor();
    await context.close();
  });

  it("reads Markdown, code, formulas, Chinese and Arabic as they are meant, and attacks do nothing", async () => {
    const [link] = await study.invite(1);
    const page = await (await browser.newContext()).newPage();
    const foreign: string[] = [];
    const problems: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(study.server.origin)) foreign.push(request.url());
    });
    page.on("dialog", () => problems.push("a dialog"));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await page.goto(link!);
    const seen = new Set<string>();
    for (let i = 0; i < 24 && seen.size < 3; i++) {
      await page.getByText(`${i} of 24`, { exact: true }).waitFor();
      const prompt = await promptOf(page);
      if (prompt.includes("Attack")) {
        seen.add("attack");
        await page.locator("main pre code", { hasText: "const x = 1;" }).waitFor();
        expect(await page.locator("main math").count()).toBe(1);
        expect(await page.locator("main table").count()).toBe(1);
        expect(await page.locator("main :is(script, img, a[href], iframe)").count()).toBe(0);
        expect(await page.evaluate(() => "hit" in window)).toBe(false);
      } else if (prompt.includes("用中文")) seen.add("chinese");
      else if (prompt.includes("بالعربية")) {
        seen.add("arabic");
        const direction = await page
          .getByText("مرحبا بالعالم")
          .evaluate((element) => getComputedStyle(element).direction);
        expect(direction).toBe("rtl");
        const [table, column] = await Promise.all(
          ["main table", "main .table"].map((place) => page.locator(place).boundingBox()),
        );
        expect(rightOf(table)).toBeCloseTo(rightOf(column), 0);
      }
      await choose(page);
    }
    expect([...seen].sort()).toEqual(["arabic", "attack", "chinese"]);
    expect([foreign, problems]).toEqual([[], []]);
    await page.context().close();
  });
});

const rightOf = (box?: { x: number; width: number } | null): number => (box ? box.x + box.width : NaN);

async function choose(page: Page): Promise<void> {
  await page.locator(".choice.left:not([aria-disabled=true])").click();
}

async function judge(page: Page, judged: number): Promise<void> {
  await page.getByText(`${judged} of 24`, { exact: true }).waitFor();
  await choose(page);
}

const promptOf = async (page: Page): Promise<string> =>
  (await page.locator("main").innerText()).slice(0, 400);
