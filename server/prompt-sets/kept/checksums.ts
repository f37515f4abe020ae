import { createHash } from "node:crypto";

/** Every prompt of a built set with all that is known of it, a line each. */
export const SET_FILE = "set.jsonl";
/** The hashes of a folder's files as they were built, as `sha256sum -c` reads them. */
export const CHECKSUMS_FILE = "checksums.txt";

const hashOf = (bytes: string): string => createHash("sha256").update(bytes).digest("hex");

export const checksumsOf = (files: ReadonlyMap<string, string>): string =>
  [...files].map(([name, text]) => `${hashOf(text)}  ${name}\n`).join("");

/** Whether a file is as it was built. */
export const isAsBuilt = (checksums: string, name: string, text: string): boolean =>
  checksums.split(/\r?\n/).includes(`${hashOf(text)}  ${name}`);
