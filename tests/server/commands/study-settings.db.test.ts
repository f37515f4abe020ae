import { expect, it } from "vitest";
import type { Protocol } from "../../../server/contract/studies.ts";
import { setPlatform } from "../../../server/participants/set-platform.ts";
import { setRetention } from "../../../server/leaving/retention.ts";
import { DEFAULT_RULES } from "../../../server/quality/default-rules.ts";
import { DEFAULT_WORDINGS, withBothBad } from "../../../server/studies/default-wordings.ts";
import { testContext } from "../../support/context.ts";
import { prepare } from "../../support/in-process.ts";
import { openStudy } from "../../support/study.ts";

const settingsIn = (text: string): string[] => {
  const lines = text.split("\n");
  const from = lines.indexOf("Settings");
  return from < 0 ? [] : lines.slice(from + 1, lines.indexOf("", from));
};

it("study show lists what is set, in order and aligned, and nothing that is not", async () => {
  const context = await testContext("sqlite");
  const { en, ar } = DEFAULT_WORDINGS;
  const protocol: Partial<Protocol> = {
    ...{ wording: withBothBad({ ar: ar!, en: en! }), contact: "lab@example.org", unseenPrompts: true },
    ...{ repeats: { every: 10 }, rules: [...DEFAULT_RULES], signs: true },
    ...{ minimumTime: { seconds: 2, per100Words: 3 }, comment: ["tie"], flags: ["harmful", "odd"] },
    ...{
      messages: true,
      guess: true,
      copyButtons: true,
      erasedJudgments: "kept",
      breaks: { everyMinutes: 25 },
    },
  };
  await openStudy(context, { prompts: 2, baselines: 1, annotators: 1, protocol });
  await setPlatform(context, {
    ...{ study: "s", origin: "https://x.example", by: "test", platform: "prolific", finishes: {} },
  });
  await setRetention(context, { study: "s", days: 30, names: false, by: "test" });
  const lines = settingsIn(await prepare(["study", "show", "s"], { DATABASE_URL: context.url }));
  const names = lines.map((line) => line.slice(2, 18).trim()).filter((name) => name !== "");
  expect(names).toEqual([
    ...["Languages", "Platform", "Contact", "Unseen prompts", "Repeats", "Rules", "Signs", "Least time"],
    ...[
      "Breaks",
      "Both bad",
      "Comments",
      "Flags",
      "Messages",
      "Last question",
      "Copy buttons",
      "Erased judgments",
      "Retention",
    ],
  ]);
  for (const line of lines) expect(line, "values begin in one column").toMatch(/^ {2}.{16} {2}\S/);
  const of = (name: string) => lines.find((line) => line.startsWith(`  ${name} `))?.slice(20);
  expect(of("Languages")).toBe("ar, en");
  expect(of("Platform")).toBe("Prolific (group crowd)");
  expect(of("Breaks")).toBe("offered after every 25 minutes");
  expect(of("Comments")).toBe("needed with tie");
  expect(of("Flags")).toBe("harmful, odd");
  expect(of("Least time")).toContain("2 s and 3 s per 100 words");
  expect(of("Retention")).toContain("30 days after");
  expect(lines.filter((line) => line.includes(": "))).toHaveLength(DEFAULT_RULES.length);
});

it("study show has no settings where nothing is set", async () => {
  const context = await testContext("sqlite");
  await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
  expect(await prepare(["study", "show", "s"], { DATABASE_URL: context.url })).not.toContain("Settings");
});
