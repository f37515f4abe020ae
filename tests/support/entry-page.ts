import fs from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { headingIs } from "./annotator-page.ts";
import type { BrowserStudy } from "./browser-study.ts";
import { prepare } from "./in-process.ts";
import { readPage } from "./page-commands.ts";

/** The example of the documentation, with every stage. */
export const ENTRY = /```yaml\n(information:[\s\S]*?)```/.exec(readPage("docs/crowd.md"))?.[1] ?? "";

/** Sets what comes before the first pair. */
export async function setEntry(study: BrowserStudy, yaml: string): Promise<void> {
  const file = path.join(path.dirname(study.env.DATABASE_URL), "entry.yaml");
  fs.writeFileSync(file, yaml);
  await prepare(["entry", "set", "study", file], study.env);
}

/** Presses the button of a name. */
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

/** Starts on the page of a shared link, and goes on by one's own link, to whatever comes first. */
export async function start(page: Page): Promise<void> {
  await press(page, "Start");
  await page.getByRole("link", { name: /^Continue( to the first pair)?$/ }).click();
}

/** From the information through the consent of the example. */
export async function agree(page: Page): Promise<void> {
  await headingIs(page, "About this study");
  await press(page, "Continue");
  await headingIs(page, "Consent");
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await press(page, "I agree");
  await headingIs(page, "About you");
}

/** Answers the question of the example that must be answered. */
export async function answer(page: Page, how: "Well" | "Hardly"): Promise<void> {
  await page.getByRole("radio", { name: how }).check();
  await press(page, "Save and continue");
}

/** Chooses the side whose answer has a text, in a pair for practice, for a test, or of the study. */
export async function chooseWith(page: Page, text: string): Promise<void> {
  const left = await page.locator('[data-judged="left"]').innerText();
  await page.locator(`.choice.${left.includes(text) ? "left" : "right"}:not([aria-disabled=true])`).click();
}

/** Through the practice and the test of the example, up to the first pair where they pass. */
export async function practiseAndTest(page: Page, outcome: "passes" | "fails"): Promise<void> {
  await headingIs(page, "Practice pair 1 of 1");
  await chooseWith(page, "Rain taps");
  await press(page, "Continue");
  await headingIs(page, "Test pair 1 of 1");
  await chooseWith(page, outcome === "passes" ? "first snow" : "Snow is cold");
  if (outcome === "fails") return;
  await headingIs(page, "The real pairs begin now");
  await press(page, "Start judging");
}
