import type { Locator, Page } from "playwright-core";

/** What somebody does on a page, counted: a click, a choice, a field that is filled, a drop. */
export class Hands {
  count = 0;

  async click(what: Locator): Promise<void> {
    this.count++;
    await what.click();
  }

  async choose(what: Locator, option: string): Promise<void> {
    this.count++;
    await what.selectOption(option);
  }

  async fill(what: Locator, text: string): Promise<void> {
    this.count++;
    await what.fill(text);
    await what.blur();
  }

  /** Drops a folder from the disk on an element, as Chromium gives a page one: an entry that is read file by file. */
  async dropFolder(page: Page, onto: Locator, folder: string): Promise<void> {
    this.count++;
    await onto.scrollIntoViewIfNeeded();
    const { x, y, width } = (await onto.boundingBox())!;
    const at = { x: x + width / 2, y: y + 20 };
    const protocol = await page.context().newCDPSession(page);
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const)
      await protocol.send("Input.dispatchDragEvent", { type, ...at, data });
    await protocol.detach();
  }
}
