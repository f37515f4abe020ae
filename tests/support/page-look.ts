import fs from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const FONT_FILE = createRequire(import.meta.url).resolve("katex/dist/fonts/KaTeX_Main-Regular.woff2");
const FONT = `data:font/woff2;base64,${fs.readFileSync(FONT_FILE, "base64")}`;
/** Nothing moves, and all texts are in one font, so that places do not depend on the fonts of a machine. */
const STILL = `@font-face { font-family: Look; src: url(${FONT}); }
  * { font-family: Look !important; transition: none !important; animation: none !important; }`;

/** What a page is made of, and where a change of looks shows first. */
const PARTS = [
  ...[
    "header",
    "nav",
    "main",
    "section",
    "article",
    "footer",
    "form",
    "table",
    "figure",
    "dialog",
    "details",
  ],
  ...["h1", "h2", "h3", "button", "input", "select", "textarea", "summary", "p", "ul", "ol"],
].join(", ");

/**
 * How a page looks, as text that any machine makes alike: its accessibility tree, then its main parts in order, each with its
 * place and size in CSS pixels, the size and weight of its letters, its colours and its border.
 * @param page in a context that may bypass the content security policy
 * @param hide replaces what differs from run to run
 */
export async function lookOf(page: Page, hide: (text: string) => string): Promise<string> {
  await page.addStyleTag({ content: STILL });
  await page.evaluate(() => document.fonts.load("1em Look"));
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const tree = await page.locator("body").ariaSnapshot();
  const parts = await page.evaluate(describeParts, PARTS);
  return `${hide(tree)}\n\n${parts.join("\n")}\n`;
}

/** Runs in the page. */
function describeParts(selector: string): string[] {
  const rgb = (colour: string): string =>
    colour.replace(
      /^rgb\((\d+), (\d+), (\d+)\)$/,
      (_all, ...channels: string[]) =>
        `#${channels
          .slice(0, 3)
          .map((channel) => Number(channel).toString(16).padStart(2, "0"))
          .join("")}`,
    );
  const depthOf = (element: Element): number => {
    const parent = element.parentElement?.closest(selector);
    return parent ? depthOf(parent) + 1 : 0;
  };
  return [...document.querySelectorAll<HTMLElement>(selector)].flatMap((element) => {
    const box = element.getBoundingClientRect();
    // What a closed fold holds has a place that depends on whether it was ever laid out; other small boxes are for screen readers.
    const isHidden = !element.checkVisibility() || box.width <= 1 || box.height <= 1;
    if (isHidden || element.closest("svg, .prose")) return [];
    const style = getComputedStyle(element);
    const place = [box.x + scrollX, box.y + scrollY].map(Math.round).join(",");
    const size = [box.width, box.height].map(Math.round).join("×");
    const name = [element.localName, ...element.classList].join(".");
    const paper = style.backgroundColor === "rgba(0, 0, 0, 0)" ? [] : [`on ${rgb(style.backgroundColor)}`];
    const border =
      style.borderTopWidth === "0px" ? [] : [`border ${style.borderTopWidth} ${rgb(style.borderTopColor)}`];
    const letters = `${style.fontSize}/${style.fontWeight} ${rgb(style.color)}`;
    return [
      [`${"  ".repeat(depthOf(element))}${name}`, `at ${place}`, size, letters, ...paper, ...border].join(
        " ",
      ),
    ];
  });
}
