import { expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { browserStudy } from "../support/browser-study.ts";

/** What a page of a study with these flags has to copy an answer with, and what it copies. */
async function copiesIn(flags: readonly string[]): Promise<{ buttons: number; copied: string | null }> {
  const study = await browserStudy({
    prompts: 1,
    flags,
    texts: () => ["Q", "One `answer`.", "Two `answers`."],
  });
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    const [link] = await study.invite(1);
    await page.goto(link!);
    await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
    await page.getByRole("button", { name: "Messages" }).waitFor();
    const copy = page.locator("[data-judged]").getByRole("button", { name: "Copy" });
    if (!flags.includes("--copy-buttons")) return { buttons: await copy.count(), copied: null };
    await copy.first().waitFor();
    const buttons = await copy.count();
    await copy.first().click();
    await page.getByText("Copied", { exact: true }).waitFor();
    return { buttons, copied: await page.evaluate(() => navigator.clipboard.readText()) };
  } finally {
    await browser.close();
    await study.end();
  }
}

it("an answer can be copied by a button where the protocol has it, and nowhere else", async () => {
  expect(await copiesIn(["--messages"])).toEqual({ buttons: 0, copied: null });
  const { buttons, copied } = await copiesIn(["--messages", "--copy-buttons"]);
  expect(buttons).toBe(2);
  expect(copied).toMatch(/^(One answer|Two answers)\.\s*$/);
});
