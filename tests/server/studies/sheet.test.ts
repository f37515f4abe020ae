import { expect, it } from "vitest";
import { defaultProtocol } from "../../../server/studies/default-protocol.ts";
import {
  DEFAULT_TITLE,
  DEFAULT_WORDING,
  DEFAULT_WORDINGS,
} from "../../../server/studies/default-wordings.ts";
import { sheetOf } from "../../../server/studies/sheet.ts";

it("has the title of the study in the annotator’s language, or the one for all languages", async () => {
  const wording = { en: DEFAULT_WORDING, zh: { ...DEFAULT_WORDINGS.zh!, title: "哪首诗更好？" } };
  const words = { title: "Which poem is better?", protocol: { ...defaultProtocol("all"), wording } };
  const titleIn = async (language: string) =>
    (await sheetOf(words, language, (turns) => Promise.resolve(turns))).title;
  expect(await titleIn("zh-TW")).toBe("哪首诗更好？");
  expect(await titleIn("en-GB")).toBe("Which poem is better?");
});

it("has a title in the annotator’s language where the study was given none, and never in place of its own", async () => {
  const titleIn = async (language: string, title: string) => {
    const protocol = { ...defaultProtocol("all"), wording: DEFAULT_WORDINGS };
    return (await sheetOf({ title, protocol }, language, (turns) => Promise.resolve(turns))).title;
  };
  expect(await titleIn("ar", DEFAULT_TITLE)).toBe("أي الإجابتين أفضل؟");
  expect(await titleIn("en", DEFAULT_TITLE)).toBe(DEFAULT_TITLE);
  expect(await titleIn("ar", "Which poem is better?")).toBe("Which poem is better?");
});
