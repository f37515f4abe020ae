import fs from "node:fs";
import path from "node:path";

const SERVER = path.resolve(import.meta.dirname, "../../server");

/** A class of refusals names itself: `super("StudyNotFound", 404, …)`. So do the failures of HTTP in `http/errors.ts`. */
const OF_CLASS = /super\(\s*"([A-Z]\w+)",\s*(\d{3})/g;
const OF_HTTP = /(\d{3}): \["([A-Z]\w+)"/g;

/** The stable names of all refusals in the source, in the order of names, each with its status. */
export function problemNames(): { error: string; status: number }[] {
  const found = new Map<string, number>([
    ["RequestWrong", 400],
    ["InternalError", 500],
  ]);
  const files = fs.readdirSync(SERVER, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts"))) {
    const text = fs.readFileSync(path.join(SERVER, file), "utf8");
    for (const [, error = "", status] of text.matchAll(OF_CLASS)) found.set(error, Number(status));
    if (file !== path.join("http", "errors.ts")) continue;
    for (const [, status, error = ""] of text.matchAll(OF_HTTP))
      if (!found.has(error)) found.set(error, Number(status));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([error, status]) => ({ error, status }));
}
