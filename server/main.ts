import v8 from "node:v8";
import { runCommandLine } from "./command-line.ts";

/** Loading makes much short-lived text: a heap that is tidied often stays small, whatever the file's size. */
if (process.argv.includes("load")) v8.setFlagsFromString("--heap-growing-percent=10");

/** Who reads from a pipe may have seen enough, as `head` has: what is under way goes on without them. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2));
