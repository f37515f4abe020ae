import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";

describe("the desk and the results page", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 6 });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const fresh = async (): Promise<Page> => (await browser.newContext()).newPage();

  it("are closed to a browser that is not signed in", async () => {
    const page = await fresh();
    await page.goto(`${study.server.origin}/desk`); // the address of earlier versions still works
    await page.getByText("npx tiebreak owner-link").first().waitFor();
    await page.goto("about:blank");
    await page.goto(`${study.server.origin}/dashboard#${"x".repeat(43)}`);
    await page
      .getByText(/no longer valid|a day old/)
      .first()
      .waitFor();
  });

  it("take a researcher from signing in to links, and the links to figures that move by themselves", async () => {
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], study.env)) as { url: string };
    const desk = await fresh();
    await desk.goto(url);
    await desk.getByRole("heading", { name: "Studies" }).waitFor();
    expect(desk.url()).not.toContain("#");
    await desk.getByRole("link", { name: "study" }).first().click();
    await desk.getByRole("button", { name: "Create links" }).click();
    const personal = await linkOn(desk, "/judge#");
    await desk.getByRole("button", { name: "Create a share link" }).click();
    const shared = await linkOn(desk, "/results#");

    const results = await fresh();
    await results.goto(shared);
    await results
      .getByText(/Nothing has been judged/)
      .first()
      .waitFor();
    const annotator = await fresh();
    await annotator.goto(personal);
    await annotator.locator(".choice.tie:not([aria-disabled=true])").click();
    await annotator.getByText("✓ saved").waitFor();
    await results
      .getByText(/\b1 judgment\b/)
      .first()
      .waitFor({ timeout: 60_000 });
    const refused = await results.evaluate(async () => (await fetch("/api/studies")).status);
    expect(refused).toBe(401);
  });

  it("let whoever has the open link start, come back by a link of their own, and judge", async () => {
    const args = ["invite", "study", "--open", "--json"];
    const { links } = JSON.parse(await prepare(args, study.env)) as { links: { url: string }[] };
    const page = await fresh();
    await page.goto(links[0]!.url);
    await page.getByRole("button", { name: "Start" }).click();
    const own = await linkOn(page, "/judge#");
    const again = await fresh();
    await again.goto(own);
    await again.locator(".choice.left").waitFor();
  });

  it("pause and close a study only after a second word", async () => {
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], study.env)) as { url: string };
    const desk = await fresh();
    await desk.goto(url);
    await desk.getByRole("link", { name: "study" }).first().click();
    await desk.getByRole("button", { name: "Pause", exact: true }).click();
    const state = async () =>
      (JSON.parse(await prepare(["study", "show", "study", "--json"], study.env)) as { state: string }).state;
    expect(await state()).toBe("open");
    await desk.getByRole("button", { name: /pause/i }).last().click();
    await expect.poll(state).toBe("paused");
  });
});

/** A link that the page shows, in a field or as text. */
async function linkOn(page: Page, part: string): Promise<string> {
  const found = await page.waitForFunction((wanted) => {
    const fields = [...document.querySelectorAll("input, textarea")].map(
      (field) => (field as HTMLInputElement).value,
    );
    const texts = [...document.querySelectorAll("code, a, output, li")].map(
      (element) => element.textContent ?? "",
    );
    const match = [...fields, ...texts]
      .map((text) => /https?:[^\s#]+#[\w-]{43}/.exec(text)?.[0])
      .find((url) => url?.includes(wanted));
    return match ?? null;
  }, part);
  return (await found.jsonValue()) ?? "";
}
