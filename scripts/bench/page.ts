import fs from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Line } from "./measure.ts";

const DIST = path.resolve(import.meta.dirname, "../../dist/client");

/** How much JavaScript the annotator's page loads before the first pair, and the results page before its figure. */
export const pageBench = (): Line[] => [
  ...["en", "zh", "ar"].map((language) =>
    lineOf(`the annotator's JavaScript, ${language}`, "judge.html", "≤ 30 kB", `annotator-${language}`),
  ),
  lineOf("the JavaScript before the figure of the results", "results.html", "≤ 36 kB"),
];

function lineOf(what: string, page: string, reach: string, more?: string): Line {
  const { gzip, brotli } = scriptBytes(page, more);
  const measured = `${(gzip / 1000).toFixed(1)} kB gzip, ${(brotli / 1000).toFixed(1)} kB brotli`;
  return { what, measured, limit: "–", ratio: "–", reach };
}

/**
 * Compressed bytes of the scripts that a built page loads at once: those in its HTML, and what these import statically.
 * @param more how the name begins of a file that is always fetched later, and so counts too @internal
 */
export function scriptBytes(page: string, more?: string): { gzip: number; brotli: number } {
  const html = fs.readFileSync(path.join(DIST, page), "utf8");
  const files = new Set(
    [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map((match) => match[1] ?? ""),
  );
  if (more !== undefined) {
    const found = fs
      .readdirSync(path.join(DIST, "assets"))
      .filter((name) => name.startsWith(`${more}-`) && name.endsWith(".js"));
    if (found.length !== 1) throw new Error(`There are ${found.length} files ${more}-….`);
    files.add(path.posix.join("assets", found[0]!));
  }
  for (const file of files) {
    const source = fs.readFileSync(path.join(DIST, file), "utf8");
    for (const match of source.matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g))
      files.add(path.posix.join("assets", match[1] ?? ""));
  }
  const sum = (compress: (bytes: Buffer) => Buffer) =>
    [...files].reduce((total, file) => total + compress(fs.readFileSync(path.join(DIST, file))).length, 0);
  return { gzip: sum(gzipSync), brotli: sum(brotliCompressSync) };
}
