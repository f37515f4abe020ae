import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { annotator } from "../../client/words/en/annotator.ts";
import { quality } from "../../client/words/en/annotator-quality.ts";
import { more } from "../../client/words/en/annotator-more.ts";
import { pace } from "../../client/words/en/annotator-pace.ts";
import { counted } from "../../client/words/en/counted.ts";
import { dashboard } from "../../client/words/en/dashboard.ts";
import { entry } from "../../client/words/en/entry.ts";
import { join } from "../../client/words/en/join.ts";
import { leaving } from "../../client/words/en/leaving.ts";
import { plan } from "../../client/words/en/plan.ts";
import { beside } from "../../client/words/en/results-beside.ts";
import { judged } from "../../client/words/en/results-judged.ts";
import { paper } from "../../client/words/en/results-paper.ts";
import { refused } from "../../client/words/en/results-refused.ts";
import { results } from "../../client/words/en/results.ts";
import { type Dictionary, wordsFor } from "../../client/words/index.ts";
import { counting } from "../../client/words/plural.ts";
import { planQuerySchema } from "../../server/contract/plan.ts";
import { planOf } from "../../server/planning/plan.ts";
import {
  bracketed,
  loadWords as bracketedLoadWords,
  wordsFor as bracketedWordsFor,
} from "../support/bracketed-words.ts";

const CLIENT = path.resolve(import.meta.dirname, "../../client");

/** A second language: every word of English between brackets. */
const second = bracketed<Dictionary>({
  annotator,
  more,
  pace,
  dashboard,
  entry,
  quality,
  join,
  leaving,
  plan,
  results,
  beside,
  judged,
  paper,
  refused,
});

describe("words in a second language", () => {
  it("are one object of the same type, of which a page takes its part", () => {
    const planWords = wordsFor({ en: plan, xx: second.plan }, ["xx-YY", "en"]);
    expect(planWords.title).toBe(`⟦${plan.title}⟧`);
    const planned = planOf(planQuerySchema.parse({ rate: 0.55 }));
    expect(planWords.answer.size(planned)).toBe(`⟦${plan.answer.size(planned)}⟧`);
    expect(wordsFor({ en: plan, xx: second.plan }, ["pt"])).toBe(plan);
  });

  it("in brackets, as the pages are built with for a test, keep the tag of their language", async () => {
    const loaded = await bracketedLoadWords({ en: async () => plan }, ["en"]);
    expect([loaded.language, loaded.title]).toEqual(["en", `⟦${plan.title}⟧`]);
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

describe("a word that changes with the language", () => {
  it("is read when a component is drawn, and not once when its file is loaded", () => {
    const files = ["pages", "components"].flatMap((folder) => sourcesIn(path.join(CLIENT, folder)));
    expect(files.flatMap((file) => readAtOnce(file, fs.readFileSync(file, "utf8")))).toEqual([]);
  });

  it.each([
    ["const SAYS = { over: words.noMoreChanges };", ["noMoreChanges"]],
    ["const { title } = words.states.noLink;", ["states.noLink"]],
    ["const text = words.states;", []],
    ["const says = () => words.noMoreChanges;", []],
  ])("would be found where it is: %s", (code, found) => {
    expect(readAtOnce("a.ts", `import { words } from "../../words/annotator.ts";\n${code}`)).toEqual(
      found.map((one) => `a.ts: ${one}`),
    );
  });
});

/** The words that a file reads as it is loaded, of those that depend on the language; taking a section out is none. */
function readAtOnce(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const parts = new Map<string, object>();
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isImportDeclaration(node)) return;
    if (ts.isPropertyAccessExpression(node)) {
      const [root = "", ...names] = node.getText().split(".");
      const part = parts.get(root);
      const word = names.reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], part);
      const isTakenApart =
        ts.isVariableDeclaration(node.parent) && ts.isObjectBindingPattern(node.parent.name);
      if (part !== undefined && (typeof word !== "object" || isTakenApart))
        found.push(`${path.basename(file)}: ${names.join(".")}`);
      return;
    }
    ts.forEachChild(node, visit);
  };
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement)) visit(statement);
    else if (ts.isStringLiteral(statement.moduleSpecifier)) {
      const [, name = ""] = /words\/([\w-]+)\.ts$/.exec(statement.moduleSpecifier.text) ?? [];
      const part = SPOKEN[name];
      const bindings = statement.importClause?.namedBindings;
      if (part === undefined || bindings === undefined || !ts.isNamedImports(bindings)) continue;
      for (const one of bindings.elements)
        if ((one.propertyName ?? one.name).text === "words") parts.set(one.name.text, part);
    }
  }
  return found;
}

/** The parts of the annotator's page by their files. */
const SPOKEN: Readonly<Record<string, object>> = {
  annotator,
  dashboard,
  ...{ "annotator-quality": quality, "annotator-more": more, "annotator-pace": pace, entry, join, leaving },
};

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
