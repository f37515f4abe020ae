import type { Locator, Page } from "playwright-core";

interface TextFile {
  readonly name: string;
  readonly text: string;
}

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

  /** Drops files on an element, as from a folder on the desktop. */
  async drop(page: Page, onto: Locator, files: readonly TextFile[]): Promise<void> {
    this.count++;
    const data = await page.evaluateHandle((dropped) => {
      const transfer = new DataTransfer();
      for (const { name, text } of dropped)
        transfer.items.add(new File([text], name.split("/").pop() ?? name));
      return transfer;
    }, files);
    await onto.dispatchEvent("drop", { dataTransfer: data });
  }
}
