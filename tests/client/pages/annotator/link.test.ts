import { expect, test } from "vitest";
import { directionOf, pickLanguage } from "../../../../client/words/index.ts";
import { personalLink, placeOf } from "../../../../client/pages/annotator/link.ts";

const TOKEN = "abcDEF_-0123456789abcDEF_-0123456789abcDEF_";

test("a personal link leads to its owner's pairs, and its own address is the link", () => {
  const { pathname, hash } = new URL(personalLink(TOKEN), "https://example.org");
  expect(placeOf({ pathname, hash })).toEqual({ kind: "judge", token: TOKEN });
});

test("an open link leads to the invitation", () => {
  expect(placeOf({ pathname: "/join", hash: `#${TOKEN}` })).toEqual({ kind: "join", link: TOKEN });
});

test.each(["", "#", "#short", `#${TOKEN}%20`, `#${TOKEN}<script>`])("%j is no link", (hash) => {
  expect(placeOf({ pathname: "/judge", hash })).toEqual({ kind: "nowhere" });
});

test("the page speaks the first language wanted that there is, else its first", () => {
  expect(pickLanguage(["fr", "zh-Hant-TW", "en"], ["en", "zh"])).toBe("zh");
  expect(pickLanguage(["fr"], ["en", "zh"])).toBe("en");
});

test("is laid out from right to left in Arabic and Hebrew, whatever the region", () => {
  expect(["ar", "he-IL", "fa-IR", "UR"].map(directionOf)).toEqual(["rtl", "rtl", "rtl", "rtl"]);
  expect(["en", "zh-Hans", "de-AT"].map(directionOf)).toEqual(["ltr", "ltr", "ltr"]);
});
