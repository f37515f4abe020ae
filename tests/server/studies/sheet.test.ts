import { expect, it } from "vitest";
import { defaultProtocol } from "../../../server/studies/default-protocol.ts";
import { DEFAULT_WORDING, DEFAULT_WORDINGS } from "../../../server/studies/default-wordings.ts";
import { sheetOf } from "../../../server/studies/sheet.ts";

it("has the title of the study in the annotator’s language, or the one for all languages", async () => {
  const wording = { en: DEFAULT_WORDING, zh: { ...DEFAULT_WORDINGS.zh!, title: "哪首诗更好？" } };
  const words = { title: "Which poem is better?", protocol: { ...defaultProtocol("all"), wording } };
  const titleIn = async (language: string) =>
    (await sheetOf(words, language, (turns) => Promise.resolve(turns))).title;
  expect(await titleIn("zh-TW")).toBe("哪首诗更好？");
  expect(await titleIn("en-GB")).toBe("Which poem is better?");
});
