import fs from "node:fs";
import path from "node:path";
import { inProject } from "../in-project.ts";

/** The page that lists the others. */
export const INDEX = "README";

/**
 * The statement of the methods, in the order of names: the Markdown of each page by its name, which is that of its file
 * in `docs/methods` without the ending.
 */
export function readMethods(): Map<string, string> {
  const folder = inProject("docs", "methods");
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(".md"));
  return new Map(
    files
      .sort()
      .map((file) => [path.basename(file, ".md"), fs.readFileSync(path.join(folder, file), "utf8")]),
  );
}

/** What is kept about annotators, in Markdown. */
export const readPrivacy = (): string => fs.readFileSync(inProject("docs", "privacy.md"), "utf8");
