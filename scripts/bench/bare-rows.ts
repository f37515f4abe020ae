import { fileInput } from "../../server/prompt-sets/sources/input.ts";
import { SourceTally } from "../../server/prompt-sets/sources/tally.ts";
import { xmlRows } from "../../server/prompt-sets/sources/xml-rows.ts";

/** Reads the rows of a Posts.xml and does nothing with them: the limit of building a prompt set from it. */
const [file = ""] = process.argv.slice(2);
let rows = 0;
for await (const batch of xmlRows(fileInput(file, file), new SourceTally())) rows += batch.length;
console.log(rows);
