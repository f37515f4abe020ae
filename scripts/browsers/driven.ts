const PATIENCE_MS = 60_000;
const POLL_MS = 50;

/** What a browser is driven through, by whatever protocol it speaks. */
export interface Protocol {
  /** Its name and version, as it gives them. */
  readonly browser: string;
  open(url: string): Promise<void>;
  /** The value of an expression in the page, which JSON can hold. */
  evaluate(expression: string): Promise<unknown>;
  /** Performs actions of the WebDriver standard: https://www.w3.org/TR/webdriver2/#actions. */
  perform(actions: readonly object[]): Promise<void>;
  /** Ends the browser and all that came with it. */
  end(): Promise<void>;
}

/** How to start a browser, or why it cannot be started here: a part of a sentence. */
export type Browser = { readonly start: () => Promise<Protocol> } | { readonly missing: string };

/** A page in some browser, used as a person uses it: by pointer and keys. */
export class DrivenPage {
  readonly #protocol: Protocol;

  constructor(protocol: Protocol) {
    this.#protocol = protocol;
  }

  open(url: string): Promise<void> {
    return this.#protocol.open(url);
  }

  /** Loads the page again. */
  async reload(): Promise<void> {
    await this.#protocol.evaluate("void (window.isBefore = setTimeout(() => location.reload()))");
    await this.until("window.isBefore === undefined");
  }

  /** Waits until an expression in the page is true, also while the page is replaced. @throws Error after a minute */
  async until(expression: string): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; ;) {
      if ((await this.#protocol.evaluate(`Boolean(${expression})`).catch(() => false)) === true) return;
      if (Date.now() > end) throw new Error(`${expression} is not true. ${await this.#shown()}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Waits for a text on the page. */
  reads(text: string): Promise<void> {
    return this.until(`document.body.innerText.includes(${JSON.stringify(text)})`);
  }

  /** What an expression is, as text. */
  async textOf(expression: string): Promise<string> {
    return String(await this.#protocol.evaluate(expression));
  }

  /** Clicks in the middle of the first element of a selector whose text begins with another one, as soon as it is there. */
  async click(selector: string, text = ""): Promise<void> {
    const found = `[...document.querySelectorAll(${JSON.stringify(selector)})].find((one) => one.innerText.trim().startsWith(${JSON.stringify(text)}))`;
    await this.until(found);
    const place = `(() => {
      const one = ${found};
      one.scrollIntoView({ block: "center", behavior: "instant" });
      const { x, y, width, height } = one.getBoundingClientRect();
      return [Math.round(x + width / 2), Math.round(y + height / 2)];
    })()`;
    const [x, y] = (await this.#protocol.evaluate(place)) as [number, number];
    const actions = [
      { type: "pointerMove", x, y },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    await this.#protocol.perform([
      { type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions },
    ]);
  }

  /** Presses a key. */
  async press(value: string): Promise<void> {
    const actions = ["keyDown", "keyUp"].map((type) => ({ type, value }));
    await this.#protocol.perform([{ type: "key", id: "keyboard", actions }]);
  }

  async #shown(): Promise<string> {
    const text = await this.#protocol.evaluate("document.body.innerText").catch(String);
    return `The page reads: ${String(text).slice(0, 500)}`;
  }
}
