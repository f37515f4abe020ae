import fs from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Line } from "./measure.ts";

const DIST = path.resolve(import.meta.dirname, "../../dist/client");

/** How much JavaScript the annotator's page loads before the first pair shows, compressed. */
export function pageBench(): Line[] {
  const html = fs.readFileSync(path.join(DIST, "judge.html"), "utf8");
  const files = new Set([...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((match) => match[1] ?? ""));
  for (const file of files) {
    const source = fs.readFileSync(path.join(DIST, file), "utf8");
    for (const match of source.matchAll(/from"\.\/([^"]+\.js)"/g))
      files.add(path.posix.join("assets", match[1] ?? ""));
  }
  const sum = (compress: (bytes: Buffer) => Buffer) =>
    [...files].reduce((total, file) => total + compress(fs.readFileSync(path.join(DIST, file))).length, 0) /
    1000;
  const measured = `${sum(gzipSync).toFixed(1)} kB gzip, ${sum(brotliCompressSync).toFixed(1)} kB brotli`;
  return [{ what: "the annotator's JavaScript", measured, limit: "–", ratio: "–", reach: "≤ 60 kB" }];
}
