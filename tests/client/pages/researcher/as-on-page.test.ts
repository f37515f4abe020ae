import { expect, it } from "vitest";
import { asOnPage } from "../../../../client/pages/researcher/setup/as-on-page.ts";

it.each([
  [
    "If each is another system's: outputs.csv --format wide.",
    "If each is another system's: “wide” under “Read as”.",
  ],
  ["use --format wide, which takes x", "use “wide” under “Read as”, which takes x"],
  [
    "if that is right, load it with --encoding windows-1252;",
    "if that is right, choose “windows-1252” under “Encoding”;",
  ],
  [
    "The file is not text in utf-8. Omit --encoding, or name another.",
    "The file is not text in utf-8. Choose another under “Encoding”.",
  ],
  ["recipes read further formats (npx tiebreak recipe list).", "recipes read further formats."],
])("a message names what the page has: %s", (message, shown) => {
  expect(asOnPage(message)).toBe(shown);
});
