import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { annotator } from "../../client/words/en/annotator.ts";
import { counted } from "../../client/words/en/counted.ts";
import { dashboard } from "../../client/words/en/dashboard.ts";
import { plan } from "../../client/words/en/plan.ts";
import { type Dictionary, wordsFor } from "../../client/words/index.ts";
import { counting } from "../../client/words/plural.ts";

const CLIENT = path.resolve(import.meta.dirname, "../../client");
/** The folders whose words come from a dictionary. */
const TRANSLATED = ["pages/annotator", "pages/researcher", "pages/plan", "components"];

type Pages = Pick<Dictionary, "annotator" | "dashboard" | "plan">;

/** A second language: every word of English between brackets. */
const bracketed = translated<Pages>({ annotator, dashboard, plan });

describe("words in a second language", () => {
  it("are one object of the same type, of which a page takes its part", () => {
    const planWords = wordsFor({ en: plan, xx: bracketed.plan }, ["xx-YY", "en"]);
    expect(planWords.title).toBe(`[${plan.title}]`);
    expect(planWords.answer.power("80 %")).toBe(`[${plan.answer.power("80 %")}]`);
    expect(wordsFor({ en: plan, xx: bracketed.plan }, ["pt"])).toBe(plan);
  });

  it("may lack none: the type refuses an object without one", () => {
    const { title, ...rest } = plan;
    // @ts-expect-error `title` is missing
    const incomplete: Dictionary["plan"] = rest;
    expect(incomplete).not.toHaveProperty("title", title);
  });

  it("reach every page by its dictionary: no page names a language or holds a word of its own", () => {
    const pages = TRANSLATED.flatMap((folder) => sourcesIn(path.join(CLIENT, folder)));
    expect(pages.length).toBeGreaterThan(40);
    expect(pages.flatMap(ownWords)).toEqual([]);
  });

  it("of its own would be found in a page", () => {
    expect(
      ownWordsIn("a.tsx", 'import { plan } from "../words/en/plan.ts"; <p title="Go">{plan.title} Stop</p>'),
    ).toEqual(["a.tsx: ../words/en/plan.ts", "a.tsx: Go", "a.tsx: Stop"]);
  });
});

describe("a count with its noun", () => {
  it.each([
    [0, "0 prompts"],
    [1, "1 prompt"],
    [1200, "1,200 prompts"],
  ])("of %s is %s in English", (count, text) => expect(counted(count, "prompt")).toBe(text));

  it("takes the form of its language's plural category, and `other` where a noun lacks it", () => {
    const polish = counting("pl", () => ({ one: "plik", few: "pliki", many: "plików", other: "pliku" }));
    expect([1, 3, 5, 22].map((count) => polish(count, "file"))).toEqual([
      "1 plik",
      "3 pliki",
      "5 plików",
      "22 pliki",
    ]);
    expect(counting("pl", () => ({ other: "x" }))(3, "file")).toBe("3 x");
  });
});

/** The same words in brackets, functions included. */
function translated<Words>(words: Words): Words {
  if (typeof words === "string") return `[${words}]` as Words;
  if (typeof words === "function") {
    const call = words as unknown as (...given: unknown[]) => unknown;
    return ((...given: unknown[]) => translated(call(...given))) as unknown as Words;
  }
  if (typeof words !== "object" || words === null) return words;
  const entries = Object.entries(words).map(([key, word]): [string, unknown] => [key, translated(word)]);
  return (Array.isArray(words) ? entries.map(([, word]) => word) : Object.fromEntries(entries)) as Words;
}

const sourcesIn = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(folder, name));

const ownWords = (file: string): string[] =>
  ownWordsIn(path.relative(CLIENT, file), fs.readFileSync(file, "utf8"));

/** Attributes that are read out or shown. */
const SHOWN = new Set(["title", "alt", "label", "placeholder", "aria-label", "aria-description"]);

/** Imports of one language's words, and words written into the elements of a page. */
function ownWordsIn(name: string, text: string): string[] {
  const found: string[] = [];
  const add = (words: string) => /\p{L}{2}/u.test(words) && found.push(`${name}: ${words.trim()}`);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      if (/words\/[a-z]{2}\//.test(node.moduleSpecifier.text)) add(node.moduleSpecifier.text);
    }
    if (ts.isJsxText(node)) add(node.text);
    if (ts.isJsxAttribute(node) && SHOWN.has(node.name.getText()) && node.initializer) {
      if (ts.isStringLiteral(node.initializer)) add(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}
