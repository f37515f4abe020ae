import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { BLOCK_NAMES } from "../../server/contract/report.ts";
import { INDEX, readMethods } from "../../server/methods/documents.ts";
import { hrefOnServer, methodsPages } from "../../server/methods/page.ts";
import { renderDocument } from "../../server/rendering/render-document.ts";

const METHODS = readMethods();
const NAMES = [...METHODS.keys()];
const textOf = (name: string): string => METHODS.get(name) ?? "";
const idsOf = (name: string): string[] => renderDocument(textOf(name), String).headings.map(({ id }) => id);

/** The page of each key of the report, as the index lists them. */
const pageOfKey = new Map(
  [...textOf(INDEX).matchAll(/\| \[[^\]]+\]\((\w+)\.md\) \| `(\w+)` \|$/gm)].map(([, page, key]) => [
    key,
    page,
  ]),
);

describe("the methods", () => {
  it("have a page for each section of the report", () => {
    expect([...pageOfKey.keys()].sort()).toEqual(["pairs", ...BLOCK_NAMES].sort());
    expect([...pageOfKey.values()].filter((page) => !METHODS.has(page ?? ""))).toEqual([]);
  });

  it("are all listed in the index", () => {
    const listed = [...textOf(INDEX).matchAll(/^\|.*\]\((\w+)\.md\)/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(NAMES.filter((name) => name !== INDEX));
  });

  it.each(NAMES)("%s: leads only to places that there are, here and on the server", (name) => {
    const links = [...textOf(name).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    for (const link of links) {
      const [, page = "", place] = /^(?:(\w+)\.md)?(?:#(.+))?$/.exec(link) ?? [];
      const target = page === "" ? name : page;
      expect(NAMES, link).toContain(target);
      if (place !== undefined) expect(idsOf(target), link).toContain(place);
    }
  });

  it.each(NAMES)("%s: has one title, and no line over 120 signs outside tables", (name) => {
    const { headings } = renderDocument(textOf(name), String);
    expect(headings.filter(({ level }) => level === 1)).toHaveLength(1);
    const lines = textOf(name).split("\n");
    expect(lines.filter((line) => line.length > 120 && !line.startsWith("|"))).toEqual([]);
  });

  it("are served under addresses that are there, each page with the list of all", () => {
    const shell = fs.readFileSync(path.resolve(import.meta.dirname, "../../client/methods.html"), "utf8");
    const pages = methodsPages(METHODS, { shell, basePath: "" });
    const addresses = NAMES.map((name) => hrefOnServer(`${name}.md`));
    expect([...pages.keys()]).toEqual(NAMES);
    for (const [name, html] of pages) {
      const links = [...html.matchAll(/<a href="([^"]+)"/g)].map(([, href = ""]) => href);
      const foreign = links.filter((href) => !/^(?:#|\/methods)/.test(href));
      expect(foreign).toEqual([]);
      const led = links.map((href) => href.replace(/#.*/, "")).filter((href) => href !== "");
      expect(new Set(led), name).toEqual(new Set(addresses));
      expect(html.match(/aria-current="page"/g) ?? []).toHaveLength(name === INDEX ? 0 : 1);
      expect(html).not.toContain("{{");
      expect(new Set(html.match(/ id="[^"]+"/g)).size).toBe(html.match(/ id="[^"]+"/g)?.length);
    }
  });
});
