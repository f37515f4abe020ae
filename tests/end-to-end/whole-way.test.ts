import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FinishKind } from "../../server/contract/words.ts";
import { headingIs, pairChanged, progressIs, shownPair } from "../support/annotator-page.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import {
  agree,
  answer,
  chooseWith,
  ENTRY,
  practiseAndTest,
  press,
  setEntry,
  start,
} from "../support/entry-page.ts";
import { prepare } from "../support/in-process.ts";
import { setPlatform, type TestPlatform } from "../support/platform.ts";
import { endTimeOf, slotsHeld } from "../support/time-limit.ts";

const [EACH, CHECKS_EACH] = [4, 2];
/** What one person is asked: pairs and checks. */
const WHOLE = EACH + CHECKS_EACH;
/** A pair that has just appeared takes no answer for so long. */
const SETTLING_MS = 400;
const GOLD = "Which of these is a fish?";
const ATTENTION = "This checks your attention: choose neither.";
/** Those of the group `late` come before the first pair at once. */
const GROUPS = ["prolific", "connect", "late"];
const CHECKS = [
  { prompt_id: "gold", prompt: GOLD },
  { prompt_id: "attention", prompt: ATTENTION, attention_check: true },
  ...["gold", "attention"].flatMap((prompt_id) => [
    { prompt_id, system: "theirs", output: "A cod." },
    { prompt_id, system: "spoilt", output: "A chair." },
    {
      ...{ prompt_id, left_system: "spoilt", right_system: "theirs" },
      expected_choice: prompt_id === "gold" ? "right" : "tie",
    },
  ]),
];

let study: BrowserStudy;
let browser: Browser;
let plain: string;
const platforms = {} as Record<"prolific" | "connect" | "late", TestPlatform>;
beforeAll(async () => {
  browser = await openBrowser();
  const groups = GROUPS.flatMap((name) => ["--group", `${name}:crowd,judgments=4,each=${EACH}`]);
  study = await browserStudy({
    ...{ prompts: 8, judgments: 4, each: EACH, rows: CHECKS },
    flags: [...groups, "--checks-every", "2"],
  });
  await setEntry(study, `${ENTRY}\ngroups: { late: [] }\n`);
  plain = await study.openLink();
  const address = "https://connect.example.org/done?participant={participant}";
  platforms.prolific = await setPlatform(study, "prolific", "--group", "prolific");
  platforms.connect = await setPlatform(
    study,
    "connect",
    "--group",
    "connect",
    "--address",
    `completed=${address}`,
  );
  platforms.late = await setPlatform(study, "prolific", "--group", "late", "--minutes", "60");
});
afterAll(async () => {
  await browser?.close();
  await study?.end();
});

const open = async (url: string): Promise<Page> => {
  const page = await (await browser.newContext()).newPage();
  await page.clock.install();
  await page.goto(url);
  return page;
};
/** Judges a pair as somebody does who reads it. @returns whether it was a check */
const judge = async (page: Page): Promise<boolean> => {
  const before = await shownPair(page);
  await page.clock.fastForward(SETTLING_MS);
  if (before.includes(GOLD)) await chooseWith(page, "A cod.");
  else await page.locator(".choice.tie:not([aria-disabled=true])").click();
  await pairChanged(page, before);
  return before.includes(GOLD) || before.includes(ATTENTION);
};

/** Ways to come, and how each leads back. */
const WAYS: [way: string, address: () => string, back: (page: Page) => Promise<unknown>][] = [
  [
    "Prolific",
    () => platforms.prolific.addressFor(1),
    async (page) => {
      const code = platforms.prolific.codeOf("completed");
      await page.getByText(code, { exact: true }).waitFor();
      const left = page.waitForRequest(`https://app.prolific.com/submissions/complete?cc=${code}`);
      await page.getByRole("link", { name: "Return to Prolific" }).click();
      await left;
    },
  ],
  [
    "CloudResearch Connect",
    () => platforms.connect.addressFor(1),
    async (page) => {
      const left = page.waitForRequest("https://connect.example.org/done?participant=AB12CD0001");
      await page.getByRole("link", { name: "Return to CloudResearch Connect" }).click();
      await left;
    },
  ],
  [
    "a plain link",
    () => plain,
    async (page) => {
      await page.getByText(/^Everything is saved. You may close this page./).waitFor();
      expect(await page.getByRole("link", { name: /Return to/ }).count()).toBe(0);
    },
  ],
];

describe("the whole way", () => {
  it.each(WAYS)("from %s through every stage and checks, and back", async (_way, address, back) => {
    const page = await open(address());
    await page.context().route(/example\.org|prolific\.com/, (route) => route.fulfill({ body: "back" }));
    await start(page);
    await agree(page);
    await answer(page, "Well");
    await practiseAndTest(page, "passes");
    await progressIs(page, 0, WHOLE);
    const checks: boolean[] = [];
    for (let i = 0; i < WHOLE; i++) checks.push(await judge(page));
    expect(checks.filter(Boolean)).toHaveLength(CHECKS_EACH);
    await headingIs(page, "All done. Thank you");
    await back(page);
    await page.context().close();
  });

  it("has every check passed in the report", async () => {
    const report = await prepare(["report", "study", "--format", "json"], study.env);
    const found = [...report.matchAll(/"checks":\s*\{\s*"passed":\s*(\d+),\s*"of":\s*(\d+)\s*\}/g)];
    expect(found.length).toBeGreaterThanOrEqual(WAYS.length);
    for (const [, passed, of] of found) expect([passed, of]).toEqual([`${CHECKS_EACH}`, `${CHECKS_EACH}`]);
  });
});

const late = async (person: number): Promise<Page> => {
  const page = await open(platforms.late.addressFor(person));
  await start(page);
  await progressIs(page, 0, WHOLE);
  return page;
};
/** One who has judged a pair, and the name that the study gave them. */
const halfWay = async (person: number): Promise<{ page: Page; name: string }> => {
  const page = await late(person);
  await judge(page);
  await page.getByText("✓ saved").waitFor();
  const names = (await prepare(["links", "study"], study.env)).match(/^annotator-\d+/gm) ?? [];
  return { page, name: names.at(-1) ?? "" };
};

/** Every other way in which a part ends: the finish, its platform, how one gets there, and what one reads then. */
const ENDS: [what: string, finish: FinishKind, heading: string, reach: () => Promise<Page>][] = [
  [
    "says no before starting",
    "no_consent",
    "You have not started",
    async () => {
      const page = await open(platforms.prolific.addressFor(2));
      await press(page, "I do not want to take part: back to Prolific");
      return page;
    },
  ],
  [
    "does not agree",
    "no_consent",
    "You have not agreed",
    async () => {
      const page = await open(platforms.prolific.addressFor(3));
      await start(page);
      await press(page, "Continue");
      await press(page, "I do not agree");
      return page;
    },
  ],
  [
    "is screened out",
    "screened_out",
    "This study is not for you",
    async () => {
      const page = await open(platforms.prolific.addressFor(4));
      await start(page);
      await agree(page);
      await answer(page, "Hardly");
      return page;
    },
  ],
  [
    "fails the qualification",
    "failed_qualification",
    "You have not passed the test",
    async () => {
      const page = await open(platforms.prolific.addressFor(5));
      await start(page);
      await agree(page);
      await answer(page, "Well");
      await practiseAndTest(page, "fails");
      await practiseAndTest(page, "fails");
      await headingIs(page, "You have not passed the test");
      await page.reload();
      return page;
    },
  ],
  [
    "stops",
    "stopped",
    "You stopped here. Thank you",
    async () => {
      const { page } = await halfWay(6);
      await press(page, "Leave this study");
      await press(page, "Stop and return to Prolific");
      await press(page, "Stop here");
      return page;
    },
  ],
  [
    "is ended by the owner after a review",
    "ended",
    "Your part in this study is over",
    async () => {
      const { page, name } = await halfWay(7);
      await prepare(["review", "study", "--annotator", name, "--end", "a reason"], study.env);
      await page.reload();
      return page;
    },
  ],
  [
    "is excluded",
    "ended",
    "Your part in this study is over",
    async () => {
      const { page, name } = await halfWay(8);
      await prepare(["exclude", "study", "--annotator", name, "--rule", "a rule"], study.env);
      await page.reload();
      return page;
    },
  ],
  [
    "comes back after the platform’s time limit",
    "timed_out",
    "The time for this study is over",
    async () => {
      const { page, name } = await halfWay(9);
      expect(await slotsHeld(study, name)).toBeGreaterThan(0);
      await endTimeOf(study, name);
      await page.reload();
      await headingIs(page, "The time for this study is over");
      expect(await slotsHeld(study, name)).toBe(0);
      return page;
    },
  ],
  [
    "comes when the study is closed",
    "no_work",
    "The study is closed",
    async () => {
      await prepare(["study", "close", "study"], study.env);
      return open(platforms.late.addressFor(10));
    },
  ],
];

describe("somebody from a platform who", () => {
  it.each(ENDS)("%s goes back with the code of “%s”", async (_what, finish, heading, reach) => {
    const page = await reach();
    await headingIs(page, heading);
    const pages = [platforms.prolific, platforms.late].map((platform) => platform.codeOf(finish));
    const code = await page.locator("code").textContent();
    expect(pages).toContain(code);
    const back = page.getByRole("link", { name: "Return to Prolific" });
    expect(await back.getAttribute("href")).toBe(`https://app.prolific.com/submissions/complete?cc=${code}`);
    expect(await page.locator(".choice").count()).toBe(0);
    await page.context().close();
  });
});
