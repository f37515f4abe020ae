import fs from "node:fs";
import type { Page } from "playwright-core";

/** A phone, as a browser's context. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Keeps pictures of a page for the eye, light, dark, on a phone and wide, in the folder that PICTURES names, if it does. */
export async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder === undefined) return;
  fs.mkdirSync(folder, { recursive: true });
  const size = page.viewportSize();
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${folder}/${name}-${scheme}.png` });
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: null });
  for (const [what, width, height] of [
    ["phone", 390, 844],
    ["wide", 1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${folder}/${name}-${what}.png` });
  }
  if (size) await page.setViewportSize(size);
}
