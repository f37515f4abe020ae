// Reads a file to its end in a process of its own and says how many records it held and the most bytes outside
// the heap at any batch. Run with --max-old-space-size: a reader that holds on to what it has read is killed.
import { readFile } from "../../../../server/loading/reading/read-file.ts";
import { options } from "./reading-options.ts";

const file = process.argv[2] ?? "";
let records = 0;
let most = 0;
for await (const items of readFile(file, options(file))) {
  records += items.filter((item) => "record" in item).length;
  most = Math.max(most, process.memoryUsage().arrayBuffers);
}
console.log(JSON.stringify({ records, most }));
