import { createRequire } from "node:module";
import { AxeBuilder } from "@axe-core/playwright";
import type { NodeResult } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const require = createRequire(import.meta.url);
const fromPackage = createRequire(require.resolve("@axe-core/playwright"));
const { source } = fromPackage("axe-core") as { source: string };
/** What stands for the source where a page has it already. */
const NOTHING = "void 0";

/**
 * What axe finds wrong with a page by all of its rules: the rule and the element, a line each. Its rules run in the page
 * itself and write out violations alone, which takes a third of the time that a list of every element that passed takes.
 * Their source, half a megabyte, goes to a page once.
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
  const axe = new AxeBuilder({ page, axeSource: NOTHING })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] });
  const { violations } = await shape(axe).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.filter((node) => !isCovered(node)).map((node) => `${id}: ${node.html}`),
  );
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
