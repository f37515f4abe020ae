import { textRows } from "../../server/prompt-sets/overlap/texts.ts";
import { fileInput } from "../../server/prompt-sets/sources/input.ts";

/** Reads the texts of a training set and does nothing with them: the limit of comparing prompts with it. */
const [file = ""] = process.argv.slice(2);
let texts = 0;
for await (const rows of textRows(fileInput(file, file)))
  for (const row of rows) texts += row.texts?.length ?? 0;
console.log(texts);
