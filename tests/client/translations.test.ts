import { describe, expect, it } from "vitest";
import { annotator as arAnnotator } from "../../client/words/ar/annotator.ts";
import { more as arMore } from "../../client/words/ar/annotator-more.ts";
import { pace as arPace } from "../../client/words/ar/annotator-pace.ts";
import { quality as arQuality } from "../../client/words/ar/annotator-quality.ts";
import { join as arJoin } from "../../client/words/ar/join.ts";
import { leaving as arLeaving } from "../../client/words/ar/leaving.ts";
import { entry as arEntry } from "../../client/words/ar/entry.ts";
import { annotator } from "../../client/words/en/annotator.ts";
import { quality } from "../../client/words/en/annotator-quality.ts";
import { more } from "../../client/words/en/annotator-more.ts";
import { pace } from "../../client/words/en/annotator-pace.ts";
import { dashboard } from "../../client/words/en/dashboard.ts";
import { entry } from "../../client/words/en/entry.ts";
import { join } from "../../client/words/en/join.ts";
import { leaving } from "../../client/words/en/leaving.ts";
import { plan } from "../../client/words/en/plan.ts";
import { annotator as zhAnnotator } from "../../client/words/zh/annotator.ts";
import { more as zhMore } from "../../client/words/zh/annotator-more.ts";
import { pace as zhPace } from "../../client/words/zh/annotator-pace.ts";
import { quality as zhQuality } from "../../client/words/zh/annotator-quality.ts";
import { join as zhJoin } from "../../client/words/zh/join.ts";
import { leaving as zhLeaving } from "../../client/words/zh/leaving.ts";
import { entry as zhEntry } from "../../client/words/zh/entry.ts";
import { dashboard as zhDashboard } from "../../client/words/zh/dashboard.ts";
import { plan as zhPlan } from "../../client/words/zh/plan.ts";

/** Names, signs, numbers and files' own words, which are the same in every language. */
const SAME = new RegExp(
  [
    "^(annotator|quality)\\.(language|brand|tabTitle|readingShort|keySigns|keyShortcuts|progress|sizePercent)\\b",
    "^(dashboard|plan)\\.language$",
    "^dashboard\\.(setup\\.readAs\\.recipe|watching\\.(share|agreement|today\\.sections\\.\\w+))$",
    "^dashboard\\.(brand|studyTabTitle|number|progress\\.bar|skips\\.reason|account\\.(may|audit\\.via))$",
    "^dashboard\\.setup\\.(plainName|bytes|waiting\\.counts?(\\.\\w+)?|names\\.copyName)$",
    "^dashboard\\.(judges\\.(adapters\\.\\w+|groupFirst)|platform\\.platforms\\.(prolific|connect))$",
  ].join("|"),
);

/** The parts of the annotator's page. */
const english = { annotator, entry, quality, join, leaving, more, pace };
describe.each([
  [
    "the annotator's page in Chinese",
    english,
    {
      ...{ annotator: zhAnnotator, entry: zhEntry, quality: zhQuality, join: zhJoin },
      ...{ leaving: zhLeaving, more: zhMore, pace: zhPace },
    },
    /\p{Script=Han}/u,
  ],
  [
    "the dashboard in Chinese",
    { dashboard, plan },
    { dashboard: zhDashboard, plan: zhPlan },
    /\p{Script=Han}/u,
  ],
  [
    "the annotator's page in Arabic",
    english,
    {
      ...{ annotator: arAnnotator, entry: arEntry, quality: arQuality, join: arJoin },
      ...{ leaving: arLeaving, more: arMore, pace: arPace },
    },
    /\p{Script=Arabic}/u,
  ],
])("%s", (_name, english, words, letters) => {
  const [ours, theirs] = [leavesOf(english), leavesOf(words)];

  it("has every word, in its own letters", () => {
    expect([...theirs.keys()]).toEqual([...ours.keys()]);
    const untranslated = [...theirs].filter(
      ([key, text]) => !SAME.test(key) && !letters.test(text) && !/^npx tiebreak|^[^\p{L}]*$/u.test(text),
    );
    expect(untranslated).toEqual([]);
  });

  it("says what English says: the same numbers, names and messages", () => {
    for (const [key, text] of ours) {
      for (const given of GIVEN.filter((one) => text.includes(String(one))))
        expect(theirs.get(key), key).toContain(String(given));
    }
  });
});

/** Given to words that are functions; none is a form of its own in a language. */
const GIVEN = [37, 58, "☺"];

/** Every text of a dictionary by its path; functions are given numbers, or a sign where they take a text. */
function leavesOf(words: object, path = ""): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, word]: [string, unknown]): [string, string][] => {
      const at = path === "" ? key : `${path}.${key}`;
      if (word === null) return [];
      if (typeof word === "string") return [[at, word]];
      if (typeof word === "function") {
        const made = [GIVEN.slice(0, 2), ["☺", "☺"], [["☺"]]].map((given) => callOf(word, given));
        return [[at, made.join(" | ")]];
      }
      return [...leavesOf(word as object, at)];
    }),
  );
}

const callOf = (word: unknown, given: readonly unknown[]): string => {
  try {
    const made = (word as (...given: readonly unknown[]) => unknown)(...given);
    return typeof made === "string" ? made : JSON.stringify(made);
  } catch {
    return "";
  }
};
