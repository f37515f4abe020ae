import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { annotator } from "../../client/words/en/annotator.ts";
import { more } from "../../client/words/en/annotator-more.ts";
import { counted } from "../../client/words/en/counted.ts";
import { dashboard } from "../../client/words/en/dashboard.ts";
import { plan } from "../../client/words/en/plan.ts";
import { judged } from "../../client/words/en/results-judged.ts";
import { results } from "../../client/words/en/results.ts";
import { type Dictionary, wordsFor } from "../../client/words/index.ts";
import { counting } from "../../client/words/plural.ts";
import { planOf } from "../../server/planning/plan.ts";
import { bracketed, wordsFor as bracketedWordsFor } from "../support/bracketed-words.ts";

const CLIENT = path.resolve(import.meta.dirname, "../../client");

/** A second language: every word of English between brackets. */
const second = bracketed<Dictionary>({ annotator, more, dashboard, plan, results, judged });

describe("words in a second language", () => {
  it("are one object of the same type, of which a page takes its part", () => {
    const planWords = wordsFor({ en: plan, xx: second.plan }, ["xx-YY", "en"]);
    expect(planWords.title).toBe(`⟦${plan.title}⟧`);
    const planned = planOf({ rate: 0.55, power: 0.8, ties: 0.22, judgments: 1, correlation: 0.5 });
    expect(planWords.answer.size(planned)).toBe(`⟦${plan.answer.size(planned)}⟧`);
    expect(wordsFor({ en: plan, xx: second.plan }, ["pt"])).toBe(plan);
  });

  it("in brackets, as the pages are built with for a test, keep the tag of their language", () => {
    const { language, title } = bracketedWordsFor({ en: plan });
    expect({ language, title }).toEqual({ language: "en", title: `⟦${plan.title}⟧` });
  });

  it("may lack none: the type refuses an object without one", () => {
    const { title, ...rest } = plan;
    // @ts-expect-error `title` is missing
    const incomplete: Dictionary["plan"] = rest;
    expect(incomplete).not.toHaveProperty("title", title);
  });

  it("reach every page by its dictionary: no page names a language or holds a word of its own", () => {
    const pages = ["pages", "components"].flatMap((folder) => sourcesIn(path.join(CLIENT, folder)));
    expect(pages.length).toBeGreaterThan(90);
    expect(pages.flatMap(ownWords)).toEqual([]);
  });

  it.each([
    ['import { plan } from "../words/en/plan.ts";', "../words/en/plan.ts"],
    ["<p>{plan.title} Stop</p>", "Stop"],
    ['<p class="stop">{isOpen ? "Stop" : words.start}</p>', "Stop"],
    ['<p>{isOpen && "Stop"}</p>', "Stop"],
    ["<p>{`${count} judged`}</p>", "judged"],
    ...["title", "alt", "placeholder", "aria-label"].flatMap((name) => [
      [`<p ${name}="Stop" />`, "Stop"],
      [`<p ${name}={isOpen ? "Stop" : words.start} />`, "Stop"],
    ]),
  ])("of its own would be found in a page: %s", (code, found) => {
    expect(ownWordsIn("a.tsx", code)).toEqual([`a.tsx: ${found}`]);
  });

  it.each(['<p class="stop" />', '<p>{state === "stop" && words.stop}</p>', '<p>{label("stop")} 12 %</p>'])(
    "are not what nobody reads: %s",
    (code) => expect(ownWordsIn("a.tsx", code)).toEqual([]),
  );
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
    if (ts.isJsxAttribute(node) && SHOWN.has(node.name.getText()))
      shownStrings(node.initializer).forEach(add);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) shownStrings(node).forEach(add);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

/** The strings that an expression can come to by itself, whichever way its conditions go. */
function shownStrings(node: ts.Node | undefined): string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
  if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) return shownStrings(node.expression);
  if (ts.isConditionalExpression(node))
    return [...shownStrings(node.whenTrue), ...shownStrings(node.whenFalse)];
  if (ts.isBinaryExpression(node) && LOGICAL.has(node.operatorToken.kind))
    return [...shownStrings(node.left), ...shownStrings(node.right)];
  return [];
}

const LOGICAL: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.PlusToken,
]);
