import type { Page } from "playwright-core";

/** Names and codes that are the same in every language; the last ones are the title of the study. */
const NAMES = ["Tiebreak", "Cookie", "Prolific", "Ada", "ada", "example", "org", "Which", "answer", "better"];

/** The language and the direction that a page declares. */
export const spokenOn = (page: Page): Promise<{ tag: string; dir: string }> =>
  page.evaluate(() => ({ tag: document.documentElement.lang, dir: document.documentElement.dir }));

/** English words in what a page shows by itself: not in the study’s texts, links, codes or names. */
export async function ownEnglish(page: Page): Promise<string[]> {
  const found = await page.evaluate(() => {
    const texts: string[] = [];
    for (const element of document.querySelectorAll("body, body *")) {
      if (element.closest("script, noscript, #incomplete, .prose, .languages, .own-link, code, bdi"))
        continue;
      for (const node of element.childNodes) if (node instanceof Text) texts.push(node.data);
      texts.push(element.getAttribute("aria-label") ?? "");
    }
    return texts.flatMap((text) => text.match(/[a-z]{3,}/gi) ?? []);
  });
  return found.filter((word) => !NAMES.includes(word));
}
