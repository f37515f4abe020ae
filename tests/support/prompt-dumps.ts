import fs from "node:fs";
import path from "node:path";

/** A post of a made-up Stack Exchange dump, with the attributes of the published files. */
interface Post {
  readonly Id: number;
  readonly PostTypeId: number;
  readonly [attribute: string]: string | number | undefined;
}

const escaped = (value: string | number): string =>
  String(value)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#xA;");

export const rowOf = (post: Post): string =>
  `  <row ${Object.entries(post)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${escaped(value)}"`]))
    .join(" ")} />`;

/** Posts.xml as it is published: a byte order mark, a frame, a row per line with CRLF. */
export const postsXml = (rows: readonly string[]): string =>
  `\uFEFF<?xml version="1.0" encoding="utf-8"?>\r\n<posts>\r\n${rows.map((row) => `${row}\r\n`).join("")}</posts>\r\n`;

/** Writes Posts.xml into a folder called as the site. @returns the file's path */
export function writeSite(folder: string, site: string, rows: readonly string[]): string {
  fs.mkdirSync(path.join(folder, site), { recursive: true });
  const file = path.join(folder, site, "Posts.xml");
  fs.writeFileSync(file, postsXml(rows));
  return file;
}
