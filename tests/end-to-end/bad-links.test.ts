import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IssuedLinks } from "../../server/contract/links.ts";
import type { PlatformShown } from "../../server/contract/platforms.ts";
import { chooseByClick, headingIs } from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";

const CONTACT = "Ada Example, study@example.org";
const PID = "0123456789abcdef01230001";
const LATER = 30_000;

let study: BrowserStudy;
let browser: Browser;
let links: Record<"personal" | "revoked" | "shared" | "ended" | "platform", string>;
beforeAll(async () => {
  study = await browserStudy({ prompts: 6, judgments: 2, each: 2, contact: CONTACT });
  browser = await openBrowser({ serviceWorkers: "allow" });
  const ended = await study.openLink();
  const [personal, revoked] = await study.invite(2);
  await prepare(["links", "study", "--revoke", "annotator-2"], study.env);
  await prepare(["links", "study", "--revoke", "shared-crowd"], study.env);
  const args = ["platform", "set", "study", "prolific", "--json", "--port", String(study.server.port)];
  const { address } = JSON.parse(await prepare(args, study.env)) as PlatformShown;
  const shared = `${study.server.origin}/join#${address!.split("#")[1]!}`;
  links = { personal: personal!, revoked: revoked!, shared, ended, platform: address! };
});
afterAll(async () => {
  await browser?.close();
  await study?.end();
});

/** Everybody who was let in; nobody may be added by a link that leads nowhere. */
const people = async (): Promise<string[]> => {
  const listed = JSON.parse(await prepare(["links", "study", "--json"], study.env)) as IssuedLinks;
  return listed.links.filter(({ kind }) => kind === "personal").map(({ name }) => name);
};
const withQuery = (query: string): string => links.shared.replace("#", `?${query}#`);
const after = (url: string, path: string): string =>
  `${study.server.origin}/${path}#${url.split("#")[1] ?? ""}`;

/** What is wrong with a link, the link, the heading that says so, and whether the study's contact can be named. */
const BAD: [what: string, link: () => string, heading: string, names: boolean][] = [
  ["parameters missing", () => links.shared, "Open the study from its platform", true],
  ["one parameter missing", () => withQuery(`PROLIFIC_PID=${PID}`), "The address is not complete", true],
  [
    "a parameter doubled",
    () => withQuery(`PROLIFIC_PID=${PID}&PROLIFIC_PID=${PID}&STUDY_ID=s&SESSION_ID=t`),
    "The address is not complete",
    true,
  ],
  [
    "a parameter forged",
    () => withQuery("PROLIFIC_PID=%3Cscript%3E&STUDY_ID=s&SESSION_ID=t"),
    "The address is not complete",
    true,
  ],
  ["cut off", () => links.personal.slice(0, -10), "This link is not valid", false],
  [
    "cut off before its secret",
    () => links.personal.split("#")[0]!,
    "Open this page with your own link",
    false,
  ],
  ["made up", () => `${study.server.origin}/judge#${"x".repeat(43)}`, "This link is not valid", false],
  [
    "an open link in the place of a personal one",
    () => after(links.shared, "judge"),
    "This link is not valid",
    false,
  ],
  [
    "a personal link in the place of an open one",
    () => after(links.personal, "join"),
    "This link is not valid",
    false,
  ],
  [
    "a parameter added to a personal link",
    () => `${links.personal}?a=b`,
    "Open this page with your own link",
    false,
  ],
  ["personal and revoked", () => links.revoked, "Your link is no longer active. Thank you", true],
  ["open and replaced", () => links.ended, "This link is not valid", false],
];

async function opened(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

describe("a link that leads nowhere", () => {
  it.each(BAD)(
    "%s: a page says what happened, and nothing is handed out",
    async (_what, link, heading, names) => {
      const before = await people();
      const context = await browser.newContext();
      const page = await opened(context, link());
      await headingIs(page, heading);
      if (names) await page.getByText(`Questions? Write to: ${CONTACT}`).waitFor();
      else await page.getByText(/person who sent|long string of letters/).waitFor();
      expect(await axeFaults(page)).toEqual([]);
      expect(await page.locator(".choice").count()).toBe(0);
      expect(await people()).toEqual(before);
      await context.close();
    },
  );

  it("as the address of another study at the platform hands out nothing", async () => {
    const own = "64a0b1c2d3e4f5a6b7c8d9e0";
    await prepare(["platform", "set", "study", "prolific", "--platform-study", own], study.env);
    const before = await people();
    const of = (id: string) => withQuery(`PROLIFIC_PID=${PID}&STUDY_ID=${id}&SESSION_ID=t`);
    const page = await opened(await browser.newContext(), of(own.replace("6", "7")));
    await headingIs(page, "The address is not complete");
    await page.getByText(`Questions? Write to: ${CONTACT}`).waitFor();
    expect(await people()).toEqual(before);
    await page.goto("about:blank");
    await page.goto(of(own));
    await page.getByRole("button", { name: "Start", exact: true }).waitFor();
    await prepare(["platform", "set", "study", "prolific", "--platform-study", "none"], study.env);
  });

  it("as a preview of a platform lets nobody start", async () => {
    const before = await people();
    const page = await opened(await browser.newContext(), links.platform);
    await page.getByText("This is a preview").waitFor();
    expect(await page.getByRole("button", { name: "Start" }).count()).toBe(0);
    expect(await people()).toEqual(before);
  });

  it("as an open link that was revoked names whom to write to", async () => {
    await prepare(["links", "study", "--revoke", "shared-crowd"], study.env);
    const page = await opened(
      await browser.newContext(),
      withQuery(`PROLIFIC_PID=${PID}&STUDY_ID=s&SESSION_ID=t`),
    );
    await headingIs(page, "This invitation has ended");
    await page.getByText(CONTACT).waitFor();
    await prepare(["links", "study", "--restore", "shared-crowd"], study.env);
  });
});

describe("a browser that lacks something", () => {
  it("storage and cookies: judging works, and the page says that it must stay open", async () => {
    const context = await browser.newContext({ serviceWorkers: "block" });
    await context.addInitScript(() => {
      const refuse = () => {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      };
      for (const name of ["indexedDB", "localStorage", "sessionStorage"])
        Object.defineProperty(globalThis, name, { get: refuse });
      Object.defineProperty(Document.prototype, "cookie", { get: refuse, set: refuse });
    });
    const page = await opened(context, links.personal);
    await page.locator(".choice.tie:not([aria-disabled=true])").waitFor();
    await context.setOffline(true);
    await chooseByClick(page);
    await page.getByText("This browser cannot save offline. Keep this page open").waitFor();
    await context.setOffline(false);
    await page.getByText("✓ saved").waitFor();
    await page.reload();
    await page.getByText("1 of 2", { exact: true }).waitFor();
    await context.close();
  });

  it.each([
    ["a script that it cannot run", {}],
    ["no JavaScript at all", { javaScriptEnabled: false }],
  ])("%s: the page says what to do, and nothing is handed out", async (_what, options) => {
    const context = await browser.newContext({ ...options, serviceWorkers: "block" });
    await context.route(/\/assets\/judge-[\w-]+\.js/, (route) =>
      route.fulfill({ contentType: "text/javascript", body: "this is no script @@" }),
    );
    const page = await opened(context, links.personal);
    const text = page.getByRole("heading", { name: "This page cannot start" });
    await text.waitFor({ timeout: LATER });
    await page.getByText("write to the person who sent you the link").waitFor();
    for (const own of ["本页无法启动", "تعذّر تشغيل هذه الصفحة"])
      await page.getByRole("heading", { name: own }).waitFor();
    if (!("javaScriptEnabled" in options)) expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await context.close();
  });

  it("the text for it is gone as soon as a page is there", async () => {
    const context = await browser.newContext();
    const page = await opened(context, links.personal);
    await page.getByRole("button", { name: "Leave this study" }).waitFor();
    expect(await page.locator(".no-page").count()).toBe(0);
    await context.close();
  });
});
