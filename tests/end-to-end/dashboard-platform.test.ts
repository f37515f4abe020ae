import { generateKeyPairSync } from "node:crypto";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Platforms, PlatformShown } from "../../server/contract/platforms.ts";
import { expectClean } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare, tiebreakInProcess } from "../support/in-process.ts";
import { keep } from "../support/pictures.ts";

const LOOKS: [string, BrowserContextOptions][] = [
  ["light", { colorScheme: "light", viewport: { width: 1280, height: 900 } }],
  ["dark", { colorScheme: "dark", viewport: { width: 1280, height: 900 } }],
  ["phone", { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
];

describe("a crowd platform, set on the dashboard", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 4 });
    await prepare(["study", "create", "pilot", "--target", "t", "--baseline", "b"], study.env);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  afterEach(() => tiebreakInProcess(["platform", "remove", "study"], study.env));

  const settingsIn = async (options: BrowserContextOptions = {}): Promise<[Page, Locator]> => {
    const desk = await (await browser.newContext(options)).newPage();
    await desk.goto(await study.ownerLink());
    await desk.getByRole("link", { name: "study" }).first().click();
    await desk.locator("#people summary", { hasText: "Crowd platform" }).click();
    const settings = desk.locator(".platform-settings").first();
    await settings.getByLabel("Platform", { exact: true }).waitFor({ state: "attached" });
    return [desk, settings];
  };
  const set = async (): Promise<PlatformShown | undefined> => {
    const printed = await prepare(["platform", "show", "study", "--json"], study.env);
    return (JSON.parse(printed) as Platforms).platforms[0];
  };
  const addressShown = async (settings: Locator): Promise<void> => {
    await settings.getByText("Paste the address and the codes there.").waitFor();
    await settings.getByText((await set())?.address ?? "none", { exact: true }).waitFor();
  };

  it("shows what to paste once it is set, keeps what is left when it is changed, and can be removed", async () => {
    const [desk, settings] = await settingsIn();
    await settings.getByLabel("Time in minutes").fill("60");
    await settings.getByText("Who can join").click();
    await settings.getByLabel("Only from this study of the platform").fill("64a0b1c2d3e4f5a6b7c8d9e0");
    await settings.getByLabel("pilot").check();
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const keys = JSON.stringify({ keys: [publicKey.export({ format: "jwk" })] });
    const file = { name: "keys.json", mimeType: "application/json", buffer: Buffer.from(keys) };
    await settings.getByLabel("file with the platform’s public keys").setInputFiles(file);
    await settings.getByText("Own codes and addresses").click();
    await settings.getByRole("group", { name: "completed" }).getByLabel("Code").fill("OWN-CODE");
    await settings.getByRole("button", { name: "Set the platform" }).click();
    await addressShown(settings);
    const first = await set();
    expect(first).toMatchObject({ name: "Prolific", group: "crowd", minutes: 60, isSigned: true });
    expect(first).toMatchObject({ platformStudy: "64a0b1c2d3e4f5a6b7c8d9e0", notAfter: ["pilot"] });
    expect(first?.finishes[0]?.code).toBe("OWN-CODE");
    for (const { code } of first?.finishes ?? [])
      await settings.getByText(code ?? "", { exact: true }).waitFor();
    await expectClean(desk, "set");

    await settings.getByText("Change its settings").click();
    await settings.getByLabel("Time in minutes").fill("");
    await settings.getByText("Who can join").click();
    await settings.getByLabel("Accept addresses without a signature again").check();
    await settings.getByRole("button", { name: "Save" }).click();
    await settings.getByText("No time limit.").waitFor();
    expect(await set()).toEqual({ ...first, minutes: null, isSigned: false });

    await settings.getByRole("button", { name: "Remove the platform" }).click();
    await settings.getByRole("group", { name: "Remove Prolific from this group?" }).waitFor();
    await expectClean(desk, "asked whether to remove it");
    await settings.getByRole("button", { name: "Remove the platform" }).click();
    await settings.getByText("The platform was removed.").waitFor();
    expect(await set()).toBeUndefined();
    await settings.getByRole("button", { name: "Set the platform" }).waitFor();
  });

  it("describes a panel, and gives the server’s reason where an address cannot be used", async () => {
    const [, settings] = await settingsIn();
    await settings.getByLabel("Platform", { exact: true }).selectOption("another panel with a link");
    await settings.getByLabel("Name of the panel").fill("University pool");
    const person = settings.getByRole("group", { name: "The person’s id in the address" });
    await person.getByLabel("Parameter").fill("sona_id");
    await person.getByLabel("Placeholder").fill("%SURVEY_CODE%");
    await settings.getByText("Own codes and addresses").click();
    const completed = settings.getByRole("group", { name: "completed" }).getByLabel("Address");
    await completed.fill("http://pool.example.org/credit");
    await settings.getByRole("button", { name: "Set the platform" }).click();
    await settings.getByRole("alert").getByText("an address begins with https://").waitFor();
    expect(await set()).toBeUndefined();
    await completed.fill("https://pool.example.org/credit?survey_code={participant}");
    await settings.getByRole("button", { name: "Set the platform" }).click();
    await addressShown(settings);
    expect(await set()).toMatchObject({
      name: "University pool",
      address: expect.stringContaining("?sona_id=%SURVEY_CODE%#") as string,
      platform: { participant: { name: "sona_id", placeholder: "%SURVEY_CODE%" } },
    });
  });

  it.each(LOOKS)("has nothing for axe to find, all unfolded: %s", async (look, options) => {
    const [desk, settings] = await settingsIn(options);
    await settings.getByLabel("Platform", { exact: true }).selectOption("another panel with a link");
    await settings.getByText("Who can join").click();
    await settings.getByText("Own codes and addresses").click();
    await settings.getByLabel("pilot").waitFor();
    await expectClean(desk, look);
    await settings.scrollIntoViewIfNeeded();
    await keep(desk, `dashboard-platform-form-${look}`);
    if (!options.hasTouch) return;
    const touched = settings.locator("button, select, summary, label.check, .field input[type=text]");
    const heights = await touched.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });
});
