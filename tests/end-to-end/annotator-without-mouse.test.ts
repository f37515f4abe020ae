import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";

const EACH = 3;
const ANSWER = "One sentence after another. ".repeat(80);

let study: BrowserStudy;
let browser: Browser;
beforeAll(async () => {
  const texts = (i: number): [string, string, string] => [
    `Question ${i}?`,
    `First ${i}. ${ANSWER}`,
    "Second.",
  ];
  study = await browserStudy({ prompts: 6, each: EACH, judgments: 10, guidelines: "Read both.", texts });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await study?.end();
});

const pageOf = async (options = {}): Promise<Page> => (await browser.newContext(options)).newPage();

/** What has the focus: its text or its label. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    return at?.getAttribute("aria-label") ?? at?.textContent?.trim() ?? "";
  });

/** Presses Tab until something with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (name.test(at)) return;
    passed.push(at.slice(0, 40));
  }
  throw new Error(`No Tab leads to ${name}, only to ${passed.join(" | ")}`);
}

const isAwake = (page: Page) => page.locator(".choice.tie:not([aria-disabled=true])").waitFor();
const judged = (page: Page, count: number) =>
  page.getByText(`${count} of ${EACH}`, { exact: true }).waitFor();

describe("a study without a mouse", () => {
  it("is walked by Tab, Enter and Space alone, from the open link to the end, with a change of mind", async () => {
    const page = await pageOf();
    await page.goto(await study.openLink());
    await page.getByRole("button", { name: "Start" }).waitFor();
    await tabTo(page, /^Start$/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Your own link" }).waitFor();
    await tabTo(page, /^Continue/);
    await page.keyboard.press("Enter");
    await isAwake(page);
    await tabTo(page, /^Text and display$/);
    await page.keyboard.press("Enter");
    await tabTo(page, /^$/); // the first field of the panel has no text
    const keys = page.getByLabel(/^Choose with 1, 2, 3/);
    while (!(await keys.evaluate((at) => at === document.activeElement))) await page.keyboard.press("Tab");
    await page.keyboard.press("Space"); // single keys are off from here on
    await page.keyboard.press("Escape");
    await page.keyboard.press("1");
    await tabTo(page, /A is significantly better/);
    await isAwake(page);
    await page.keyboard.press("Enter");
    await judged(page, 1);
    await tabTo(page, /^Go back$/);
    await page.keyboard.press("Enter");
    await page.locator(".choice.left[aria-pressed=true]").waitFor();
    await tabTo(page, /B is significantly better/);
    await page.keyboard.press("Space");
    await page.locator(".choice[aria-pressed]").first().waitFor({ state: "detached" });
    for (let count = 1; count < EACH; count++) {
      await isAwake(page);
      await tabTo(page, /Neither is significantly better/);
      await page.keyboard.press("Space");
      if (count + 1 < EACH) await judged(page, count + 1);
    }
    await page.getByRole("heading", { name: "All done. Thank you" }).waitFor();
    await page.context().close();
  });

  it("is walked by what the accessibility tree says and does, and each pair is announced without its question", async () => {
    const page = await pageOf();
    const [link] = await study.invite(1);
    await page.goto(link!);
    await isAwake(page);
    const tree = new Tree(await page.context().newCDPSession(page));
    const names = await tree.names(["heading", "button"]);
    const at = (name: string) => names.findIndex((one) => one.startsWith(name));
    const order = [
      "Answer A",
      "Answer B",
      "Put yourself in the place",
      "A is significantly",
      "I cannot judge",
    ];
    expect(order.map(at)).toEqual(order.map(at).toSorted((a, b) => a - b));
    expect(at("Answer A")).toBeGreaterThanOrEqual(0);
    for (let count = 0; count < EACH; count++) {
      await isAwake(page);
      await tree.press("button", "Neither is significantly better");
      if (count + 1 === EACH) break;
      await expect
        .poll(() => page.locator("[role=status].out-of-sight").textContent())
        .toContain(`New pair. ${count + 1} of ${EACH} judged.`);
      expect(await page.locator("[role=status].out-of-sight").textContent()).not.toContain("Put yourself");
    }
    await expect.poll(() => tree.names(["heading"])).toContain("All done. Thank you");
    await page.context().close();
  });

  it("can be read and judged at 400 %, and with forced colours, where a choice is told by more than colour", async () => {
    const zoomed = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };
    for (const options of [zoomed, { forcedColors: "active" as const }]) {
      const page = await pageOf(options);
      const [link] = await study.invite(1);
      await page.goto(link!);
      await page.locator(".choice.tie").waitFor();
      const beyond = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(beyond).toBeLessThanOrEqual(0);
      for (const name of ["Answer A", "Answer B"])
        await page.getByRole("heading", { name }).scrollIntoViewIfNeeded();
      for (
        let screen = 0;
        screen < 40 && !(await page.locator(".choice.tie[aria-disabled=false]").count());
        screen++
      )
        await page.keyboard.press("PageDown");
      await page.locator(".choice.tie").scrollIntoViewIfNeeded();
      await isAwake(page);
      await page.locator(".choice.tie").click();
      await judged(page, 1);
      await page.getByRole("button", { name: "Go back" }).click();
      await page.locator(".choice.tie[aria-pressed=true]").getByText("your choice").waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.context().close();
    }
  });
});

/** The page as a screen reader has it: names by role, and the press of one of them. */
class Tree {
  constructor(readonly session: CDPSession) {}

  async #nodes() {
    const { nodes } = await this.session.send("Accessibility.getFullAXTree");
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const inOrder = (id: string): typeof nodes => {
      const node = byId.get(id);
      return node ? [node, ...(node.childIds ?? []).flatMap(inOrder)] : [];
    };
    return inOrder(nodes[0]?.nodeId ?? "").filter(({ ignored }) => !ignored);
  }

  async names(roles: readonly string[]): Promise<string[]> {
    const nodes = await this.#nodes();
    return nodes
      .filter(({ role }) => roles.includes(String(role?.value)))
      .map(({ name }) => String(name?.value).trim());
  }

  async press(wanted: string, named: string): Promise<void> {
    const found = (await this.#nodes()).find(
      ({ role, name }) => role?.value === wanted && String(name?.value).includes(named),
    );
    if (found?.backendDOMNodeId === undefined) throw new Error(`There is no ${wanted} ${named}.`);
    const { object } = await this.session.send("DOM.resolveNode", { backendNodeId: found.backendDOMNodeId });
    await this.session.send("Runtime.callFunctionOn", {
      objectId: object.objectId!,
      functionDeclaration: "function () { this.click(); }",
    });
  }
}
