import type { Uploads } from "../contract/uploads.ts";
import { FORMATS } from "../loading/reading/options.ts";
import { builtInRecipes } from "../loading/reading/recipes/built-in.ts";

/** Encodings of older files; every name that TextDecoder knows can be set. */
const ENCODINGS = [
  ...["windows-1252", "iso-8859-2", "windows-1251", "utf-16le", "utf-16be"],
  ...["gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"],
];

/** The formats, recipes and encodings by which files can be read. */
export const waysToRead = (): Uploads["ways"] => ({
  formats: [...FORMATS],
  recipes: builtInRecipes().map(({ name, title = "" }) => ({ name, title })),
  encodings: ENCODINGS,
});
