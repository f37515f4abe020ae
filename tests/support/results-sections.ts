import type { Page } from "playwright-core";
import { expect } from "vitest";

/** On one line, without marks of direction. */
export const plain = (text: string): string =>
  text
    .replace(/[\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** What the page has of a section: its words, and its tables by name, row by row; every choice was made once. */
export interface Seen {
  words: string;
  tables: Record<string, string[][]>;
  figures: number;
  /** What the buttons below the tables keep, by the name of the file. */
  files: Record<string, string>;
}

/** Waits until each section is there. */
export async function openWhole(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator("#study-heading").waitFor();
  await expect.poll(() => page.locator(".further.waiting").count(), { timeout: 60_000 }).toBe(0);
}

/** A section with each choice of it made in turn. */
export async function seenOf(page: Page, key: string): Promise<Seen> {
  const section = page.locator(`section[aria-labelledby="${key}-heading"]`);
  await section.evaluate((own) => {
    for (const one of own.querySelectorAll("details")) one.open = true;
  });
  const seen: Seen = { words: "", tables: {}, figures: 0, files: {} };
  const drawn = new Set<string>();
  const look = async (): Promise<void> => {
    await section.evaluate((own) => {
      for (const one of own.querySelectorAll("details")) one.open = true;
      for (const one of own.querySelectorAll<HTMLButtonElement>(".more button")) one.click();
    });
    // a figure is drawn once its width is known
    const notThere = "figure:not(:has(svg)), .more button";
    await expect.poll(() => section.locator(notThere).count(), { timeout: 10_000 }).toBe(0);
    const now = await section.evaluate(readSection);
    seen.words += ` ${plain(now.words)}`;
    for (const [name, rows] of now.tables) seen.tables[name] = rows.map((row) => row.map(plain));
    for (const id of now.figures) drawn.add(id);
    Object.assign(seen.files, Object.fromEntries(await section.evaluate(filesOf)));
  };
  const choose = async (depth: number): Promise<void> => {
    const select = section.locator("select").nth(depth);
    if ((await section.locator("select").count()) <= depth) return look();
    const names = await select
      .locator("option")
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    for (const name of names) {
      await select.selectOption(name);
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
      await choose(depth + 1);
    }
  };
  await choose(0);
  return { ...seen, figures: drawn.size };
}

/** Runs in the browser. */
function readSection(own: Element): { words: string; tables: [string, string[][]][]; figures: string[] } {
  const cellOf = (cell: Element): string =>
    [...cell.querySelectorAll(".value, .quiet, .count, .interval")]
      .map((part) => {
        const copy = part.cloneNode(true) as Element;
        for (const mark of copy.querySelectorAll("sup")) mark.remove();
        return copy.textContent;
      })
      .join(" ") ||
    (cell.textContent ?? "");
  const tables = [...own.querySelectorAll("table")].map((table): [string, string[][]] => [
    table.id.replace(/^table-/, ""),
    [...table.querySelectorAll("tr")].map((row) => [...row.children].map(cellOf)),
  ]);
  const words = [...own.querySelectorAll("p, li, .finding")].map(({ textContent }) => textContent).join(" ");
  const figures = [...own.querySelectorAll("figure svg")].map(({ innerHTML }) => innerHTML);
  return { words, tables, figures };
}

/** Runs in the browser: presses every button below a table, and takes what it would hand to the reader. */
async function filesOf(own: Element): Promise<[string, string][]> {
  const create = URL.createObjectURL.bind(URL);
  const click: () => void = Reflect.get(HTMLAnchorElement.prototype, "click");
  const made: Blob[] = [];
  const names: string[] = [];
  URL.createObjectURL = (blob) => create(made[made.push(blob as Blob) - 1]!);
  HTMLAnchorElement.prototype.click = function keep(this: HTMLAnchorElement) {
    names.push(this.download);
  };
  const buttons = [...own.querySelectorAll<HTMLButtonElement>(".table-block .downloads button")];
  for (const button of buttons) button.click();
  while (names.length < buttons.length) await new Promise((resolve) => setTimeout(resolve));
  URL.createObjectURL = create;
  HTMLAnchorElement.prototype.click = click;
  return Promise.all(names.map(async (name, i): Promise<[string, string]> => [name, await made[i]!.text()]));
}
