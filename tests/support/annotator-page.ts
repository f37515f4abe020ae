import type { Page } from "playwright-core";
import type { Choice } from "../../server/contract/words.ts";

/** Waits until the page says that so many of so many pairs are judged. */
export const progressIs = (page: Page, judged: number, of: number): Promise<void> =>
  page.getByText(`${judged} of ${of}`, { exact: true }).waitFor();

/** Waits for a page that stands where there is no pair, by its heading. */
export const headingIs = (page: Page, title: string | RegExp): Promise<void> =>
  page.getByRole("heading", { name: title, level: 1 }).waitFor();

/** Clicks a choice as soon as it is awake, and waits until the pair has gone. */
export async function chooseByClick(page: Page, choice: Choice = "tie"): Promise<void> {
  const before = await shownPair(page);
  await page.locator(`.choice.${choice}:not([aria-disabled=true])`).click();
  await pairChanged(page, before);
}

/** The prompt and both answers on the screen. Waits for a pair: the page may still be fetching the next one. */
export const shownPair = async (page: Page): Promise<string> =>
  (await page.locator(".pair-screen").textContent()) ?? "";

/** Waits until another pair is on the screen, or none. */
export const pairChanged = (page: Page, before: string): Promise<unknown> =>
  page.waitForFunction((was) => (document.querySelector(".pair-screen")?.textContent ?? "") !== was, before);

/** Takes work by the interface alone, as a page that nobody looks at: the annotator then holds it. */
export async function takeWork(link: string): Promise<{ state: string; buffer: string[] }> {
  const { origin, hash } = new URL(link);
  const reply = await fetch(`${origin}/api/judge/work`, {
    method: "POST",
    headers: { authorization: `Bearer ${hash.slice(1)}`, "content-type": "application/json" },
    body: JSON.stringify({ holding: [] }),
  });
  if (!reply.ok) throw new Error(`Taking work: ${reply.status} ${await reply.text()}`);
  return (await reply.json()) as { state: string; buffer: string[] };
}

/** Lets annotators take work until nothing is free; returns the link of the first who has to wait. */
export async function takeAllWork(links: readonly string[]): Promise<string> {
  for (const link of links) if ((await takeWork(link)).state === "wait") return link;
  throw new Error("There was work for everybody.");
}

/** Waits until the page's files are kept, so that it can be loaded again without network. */
export const pageKept = (page: Page): Promise<void> =>
  page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
