import { expect, test } from "vitest";
import { directionOf, pickLanguage } from "../../../../client/words/index.ts";
import { personalLink, placeOf } from "../../../../client/pages/annotator/link.ts";

const TOKEN = "abcDEF_-0123456789abcDEF_-0123456789abcDEF_";

const at = (pathname: string, hash: string, search = "") => placeOf({ pathname, hash, search });

test("a personal link leads to its owner's pairs, and its own address is the link", () => {
  const { pathname, hash } = new URL(personalLink(TOKEN), "https://example.org");
  expect(at(pathname, hash)).toEqual({ kind: "judge", token: TOKEN });
});

test("an open link leads to the invitation", () => {
  expect(at("/join", `#${TOKEN}`)).toEqual({ kind: "join", link: TOKEN, query: "" });
});

test("an open link keeps what a platform adds, before the fragment or at the very end", () => {
  const query = "participantId=a&projectId=b%20c";
  const join = { kind: "join", link: TOKEN, query };
  expect(at("/join", `#${TOKEN}`, `?${query}`)).toEqual(join);
  expect(at("/join", `#${TOKEN}?${query}`)).toEqual(join);
  expect(at("/join", `#${TOKEN}&projectId=b%20c`, "?participantId=a")).toEqual(join);
});

test.each(["", "#", "#short", `#${TOKEN}%20`, `#${TOKEN}<script>`, `#${TOKEN}?x=1`])(
  "%j is no link",
  (hash) => {
    expect(at("/judge", hash)).toEqual({ kind: "nowhere" });
  },
);

test("the page speaks the first language wanted that there is, else its first", () => {
  expect(pickLanguage(["fr", "zh-Hant-TW", "en"], ["en", "zh"])).toBe("zh");
  expect(pickLanguage(["fr"], ["en", "zh"])).toBe("en");
});

test("is laid out from right to left in Arabic and Hebrew, whatever the region", () => {
  expect(["ar", "he-IL", "fa-IR", "UR"].map(directionOf)).toEqual(["rtl", "rtl", "rtl", "rtl"]);
  expect(["en", "zh-Hans", "de-AT"].map(directionOf)).toEqual(["ltr", "ltr", "ltr"]);
});
