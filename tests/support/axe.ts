import { createRequire } from "node:module";
import { AxeBuilder } from "@axe-core/playwright";
import type { NodeResult } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { isWhole } from "./effort.ts";

const require = createRequire(import.meta.url);
const fromPackage = createRequire(require.resolve("@axe-core/playwright"));
const { source } = fromPackage("axe-core") as { source: string };
/** What stands for the source where a page has it already. */
const NOTHING = "void 0";

/** How many texts that look the same have their contrast measured: it takes two thirds of the time of all rules. */
const ALIKE = 2;

/**
 * What axe finds wrong with a page by all of its rules: the rule and the element, a line each. Its rules run in the page
 * itself and write out violations alone, which takes a third of the time that a list of every element that passed takes.
 * Their source, half a megabyte, goes to a page once. The contrast of texts that look the same is measured twice in
 * `npm test`, and of each in `npm run nightly`.
 * @param shape narrows the rules or the part of the page
 * @throws where the page has frames, which this does not look into
 */
export async function axeFaults(
  page: Page,
  shape: (axe: AxeBuilder) => AxeBuilder = (axe) => axe,
): Promise<string[]> {
  if (page.frames().length > 1) throw new Error("axe would miss the frames of this page.");
  await page.evaluate(settle);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  if (!isWhole) await page.evaluate(measureContrastOfSome, ALIKE);
  const axe = new AxeBuilder({ page, axeSource: NOTHING })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] });
  const { violations } = await shape(axe).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.filter((node) => !isCovered(node)).map((node) => `${id}: ${node.html}`),
  );
}

/**
 * Runs in the page: of visible texts with the same colours, letters, elements and states around them, only the first ones are
 * left to the rule about contrast.
 */
function measureContrastOfSome(most: number): void {
  const STATES = ["class", "disabled", "aria-disabled", "aria-hidden"];
  const around = new Map<Element | null, string>([[null, ""]]);
  const lookOf = (element: Element | null): string => {
    let look = around.get(element);
    if (look === undefined) {
      const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(element!);
      const states = STATES.map((name) => String(element!.getAttribute(name))); // null is another than ""
      const own = [element!.localName, ...states, backgroundColor, backgroundImage, opacity, position];
      look = `${lookOf(element!.parentElement)}/${own.join(" ")}`;
      around.set(element, look);
    }
    return look;
  };
  const isText = (element: Element): boolean =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue!.trim() !== "");
  const seen = new Map<string, number>();
  for (const element of document.querySelectorAll("body *")) {
    element.removeAttribute("data-contrast");
    if (!isText(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const isOff = element.closest("label")?.control?.matches(":disabled") === true; // its label may be pale
    const isWord = /[\p{L}\p{N}].*[\p{L}\p{N}]/su.test(element.textContent ?? ""); // axe leaves single characters open
    const look = [lookOf(element), color, fontSize, fontWeight, textShadow, isOff, isWord].join(" ");
    const before = seen.get(look) ?? 0;
    seen.set(look, before + 1);
    if (before < most) element.setAttribute("data-contrast", "");
  }
  const { axe } = window as unknown as { axe: typeof import("axe-core") };
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-contrast]" }] });
}

/** Only for a moment: the bar of choices covers a part of it until one scrolls. */
const isCovered = ({ any }: NodeResult): boolean =>
  any.some(({ id, data }) => {
    const { messageKey } = (data ?? {}) as { messageKey?: string };
    return id === "target-size" && messageKey?.startsWith("partiallyObscured") === true;
  });

/** Adds the size of targets (WCAG 2.5.8), which axe leaves out unless it is asked for. */
export const withTargets = (axe: AxeBuilder): AxeBuilder =>
  axe.options({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });

/** Waits for colours that are changing, such as those of a button that has just become possible. */
async function settle(): Promise<void> {
  const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(changing.map((one) => one.finished));
}

/** That axe finds nothing on a page, and that nothing is wider than its window. */
export async function expectClean(page: Page, what?: string): Promise<void> {
  expect(await axeFaults(page), what).toEqual([]);
  const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide, what).toBeLessThanOrEqual(seen ?? 0);
}
