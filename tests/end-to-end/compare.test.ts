import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseByClick, progressIs } from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type RunningServer, startServer, tiebreak, tiebreakOk } from "../support/server.ts";

const PROMPTS = 12;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-compare-"));
const env = { DATABASE_URL: path.join(folder, "new", "study.db") };
const rows = (output: (i: number) => string) =>
  Array.from({ length: PROMPTS }, (_, i) => JSON.stringify({ prompt: `Question ${i}?`, output: output(i) }));

let browser: Browser;
beforeAll(async () => {
  fs.writeFileSync(path.join(folder, "ours.jsonl"), rows((i) => `A long answer, number ${i}.`).join("\n"));
  fs.writeFileSync(path.join(folder, "theirs.jsonl"), rows((i) => `Short ${i}.`).join("\n"));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const compare = (): Promise<RunningServer> =>
  startServer(env, { verb: "ours.jsonl", args: ["theirs.jsonl", "--no-browser"], folder });
const linkOf = (server: RunningServer, name: string): string =>
  new RegExp(`^ {2}${name} +(http\\S+)$`, "m").exec(server.output())?.[1] ?? "";
const chooseLong = async (page: Page) => {
  const isLeft = (await page.locator(".answer").first().textContent())?.includes("long answer") === true;
  await chooseByClick(page, isLeft ? "left" : "right");
};

describe("two files after the name of the command", () => {
  it("open a blind page whose figure grows every ten pairs, and the same command goes on", async () => {
    let server = await compare();
    const first = linkOf(server, "Judge");
    const page = await browser.newPage();
    await page.goto(first);
    await progressIs(page, 0, PROMPTS);
    const figure = page.locator(".running-figure");
    await figure.getByText("After every 10 pairs").waitFor();
    expect(await page.textContent(".pair-screen")).not.toMatch(/ours|theirs/);
    expect(await page.getByRole("button", { name: /comment/i }).count()).toBe(0);
    for (let i = 0; i < 9; i++) await chooseLong(page);
    await figure.getByText("After every 10 pairs").waitFor();
    await chooseLong(page);
    await figure.getByText("From 10 pairs: better ⁨ours⁩ 10, ⁨theirs⁩ 0; ties 0.").waitFor();
    await figure
      .getByText(/^Win rate of ⁨ours⁩ \(ties count ½\): 1\.00; 95 % interval \.53 to 1\.00/)
      .waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const beside = await tiebreak(["ours.jsonl", "theirs.jsonl", "--no-browser"], env, folder);
    expect(beside, "where a server runs already").toMatchObject({ code: 0 });
    expect(beside.stdout).toContain("The server that is running on this database serves it.");
    expect(beside.stdout).not.toContain("Ctrl-C");
    await server.stop();

    server = await compare();
    expect(linkOf(server, "Judge").split("#")[1]).toBe(first.split("#")[1]);
    await page.goto(linkOf(server, "Judge"));
    await progressIs(page, 10, PROMPTS);
    await figure.getByText("better ⁨ours⁩ 10").waitFor();
    await page.goto(linkOf(server, "Results"));
    await page.getByText("10 of 12", { exact: false }).first().waitFor();
    await page.close();
    await server.stop();
    const report = JSON.parse(await tiebreakOk(["report", "ours-vs-theirs", "--format", "json"], env)) as {
      judgments: number;
    };
    expect(report.judgments).toBe(10);
  });

  it("are refused in words where they are not outputs of two systems, and leave no study behind", async () => {
    const refused = async (...files: string[]) => {
      const outcome = await tiebreak([...files, "--no-browser"], { ...env, PORT: "0" }, folder);
      expect(outcome.code).toBe(2);
      return outcome.stderr;
    };
    expect(await refused("ours.jsonl")).toContain(
      "needs outputs of two systems:\n  ours.jsonl: outputs of ours",
    );
    expect(await refused("nowhere.jsonl", "ours.jsonl")).toContain("There is no file nowhere.jsonl");
    fs.writeFileSync(path.join(folder, "odd.csv"), "nr,question text,reply\n1,Why?,Because\n");
    expect(await refused("ours.jsonl", "odd.csv")).toContain("odd.csv");
    for (const name of ["one", "two"])
      fs.writeFileSync(path.join(folder, `${name}.csv`), `prompt_id,output\np1,${name}\n`);
    const textless = await refused("one.csv", "two.csv");
    expect(textless).toContain("Nothing was kept.");
    expect(textless).not.toContain("Loaded into");
    const studies = JSON.parse(await tiebreakOk(["study", "list", "--json"], env)) as { name: string }[];
    expect(studies.map(({ name }) => name)).toEqual(["ours-vs-theirs"]);
  });
});
