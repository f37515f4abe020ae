import fs from "node:fs";
import { parse } from "yaml";
import { inProject } from "../../in-project.ts";
import type { Software } from "../../report-document/paper/write.ts";

/** What a paper cites the program by: the facts of CITATION.cff. */
export function softwareCited(): Software {
  const cff = parse(fs.readFileSync(inProject("CITATION.cff"), "utf8")) as Citation;
  const authors = cff.authors.map(({ name }) => name);
  return { title: cff.title, authors, version: cff.version, year: cff["date-released"].slice(0, 4) };
}

interface Citation {
  readonly title: string;
  readonly version: string;
  readonly "date-released": string;
  readonly authors: readonly { readonly name: string }[];
}
