import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { prepare } from "../support/in-process.ts";
import { startProvider, type TestProvider } from "../support/openid-provider.ts";
import { type RunningServer, startServer } from "../support/server.ts";

describe("signing in at an OpenID provider", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-openid-"));
  const secretFile = path.join(folder, "secret");
  const env = { DATABASE_URL: path.join(folder, "study.db") };
  let provider: TestProvider;
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    // another site than the server's, so that the browser's rules for cookies hold as between two hosts
    provider = await startProvider({ host: "localhost" });
    fs.writeFileSync(secretFile, `${provider.clientSecret}\n`);
    await prepare(["study", "create", "haiku", "--target", "ours", "--baseline", "theirs"], env);
    const args = ["--no-demo", "--oidc-name", "Example ID", "--oidc-client-secret-file", secretFile];
    const settings = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: provider.clientId };
    server = await startServer({ ...env, ...settings }, { verb: "serve", args });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await provider?.end();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const open = async (url: string): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    await page.goto(url);
    return page;
  };
  const clean = async (page: Page): Promise<void> => expect(await axeFaults(page)).toEqual([]);
  const throughProvider = async (page: Page, button: string): Promise<void> => {
    await page.getByRole("button", { name: button }).click();
    await page.getByRole("link", { name: "Continue" }).click();
  };

  it("takes an owner, somebody invited, and both again, and helps who is not known", async () => {
    provider.person = { sub: "1", name: "Ada", email: "ada@example.org", email_verified: true };
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string };
    const ada = await open(server.origin + new URL(url).pathname + new URL(url).hash);
    await ada.getByRole("link", { name: "Account" }).click();
    await throughProvider(ada, "Create my account with Example ID");
    await ada.getByText("You are signed in as Ada (ada@example.org)").waitFor();
    await ada.getByText(/^At localhost:\d+/).waitFor();
    await clean(ada);
    await ada.locator("#members summary").click();
    await ada.getByLabel("For whom").fill("Ben");
    await ada.getByRole("button", { name: "Create invitation" }).click();
    const link = (await ada.locator("#members [role=status] code").textContent()) ?? "";

    provider.person = { sub: "2" };
    const ben = await open(link);
    await throughProvider(ben, "Accept with Example ID");
    await ben.getByRole("alert").getByText("Example ID vouches for no e-mail address").waitFor();
    await clean(ben);
    await ben.goto(link);
    await ben.getByLabel("E-mail address").fill("ben@example.org");
    await clean(ben);
    await throughProvider(ben, "Accept with Example ID");
    await ben.getByRole("link", { name: "haiku" }).waitFor();

    await ben.getByRole("button", { name: "Sign out" }).click();
    await ben.getByRole("button", { name: "Sign in with Example ID" }).waitFor();
    await clean(ben);
    await throughProvider(ben, "Sign in with Example ID");
    await ben.getByRole("link", { name: "Account" }).click();
    await ben.getByText("You are signed in as Ben (ben@example.org)").waitFor();

    provider.person = { sub: "3" };
    const stranger = await open(`${server.origin}/dashboard`);
    await throughProvider(stranger, "Sign in with Example ID");
    await stranger.getByRole("alert").getByText("Example ID knows you, but nobody has invited you").waitFor();
    await stranger.getByRole("button", { name: "Sign in with Example ID" }).waitFor();
  });

  it("starts without the provider, and reports that in one line", async () => {
    const gone = await startProvider();
    await gone.end();
    const settings = { OIDC_ISSUER: gone.issuer, OIDC_CLIENT_ID: "tiebreak" };
    const alone = { DATABASE_URL: path.join(folder, "alone.db"), ...settings };
    const without = await startServer(alone, { verb: "serve", args: ["--no-demo"] });
    const line = /^OpenID Connect: http:\/\/127\.0\.0\.1:\d+ cannot be used now.*ECONNREFUSED/m;
    await expect.poll(() => without.output(), { timeout: 60_000 }).toMatch(line);
    expect((await fetch(`${without.origin}/api/sign-in`)).status).toBe(200);
    await without.stop();
  });
});
