import { expect, it } from "vitest";
import { readsTooLittle, saidReadTooLittle } from "../../../server/model-servers/read-too-little.ts";

const sent = (characters: number) => ({
  messages: [{ role: "user" as const, content: "word ".repeat(characters / 5) }],
});

it.each([
  [2048, 20_000, true],
  [4096, 20_000, true],
  [4100, 20_000, false],
  [5000, 20_000, false],
  [2900, 20_000, true],
  [120, 400, false],
  [null, 20_000, false],
])(
  "a server that says it read %s tokens of %i characters may have cut them: %s",
  (told, characters, isCut) => {
    expect(readsTooLittle(told, sent(characters))).toBe(isCut);
  },
);

it("is said of calls, if there are any", () => {
  expect(saidReadTooLittle(0)).toEqual([]);
  expect(saidReadTooLittle(2)).toEqual([expect.stringContaining("In 2 calls")]);
});
