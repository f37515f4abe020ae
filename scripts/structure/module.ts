import path from "node:path";
import ts from "typescript";
import { namesTaken } from "./names-taken.ts";
import type { SourceFile } from "./source-files.ts";

/** One place where a file names another one, or a package. */
export interface Import {
  /** As it is written; null where it is computed, so that nobody can know it. */
  readonly specifier: string | null;
  /** Nothing of it is left when the program runs. */
  readonly isType: boolean;
  /** The exports that are taken, `default` included, or all of them. */
  readonly names: readonly string[] | "all";
  /** `export * from`: whoever imports this file may take its names from there. */
  readonly isStar?: boolean;
  readonly line: number;
}

interface Export {
  readonly name: string;
  readonly line: number;
  /** Its comment has the tag `@internal`: exported for the tests. */
  readonly isInternal: boolean;
}

/** A code file, reduced to what it takes from others and what it offers. */
export interface Module {
  readonly path: string;
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  /** Paths of code files that stand in strings, as those that are started as a process or a thread. */
  readonly mentions: readonly string[];
  /** Tables that its queries write to, with the line; null where the name is computed. */
  readonly writes: readonly { readonly table: string | null; readonly line: number }[];
}

/** Reads a file with TypeScript's parser. */
export function readModule({ path: file, text }: SourceFile): Module {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = { imports: [] as Import[], exports: [] as Export[], mentions: [] as string[] };
  const writes: { table: string | null; line: number }[] = [];
  const lineOf = (node: ts.Node): number => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
  const visit = (node: ts.Node): void => {
    const taken = importOf(node, tree);
    if (taken) found.imports.push({ ...taken, line: lineOf(node) });
    if (ts.isStringLiteralLike(node) && /^[\w./-]+\.(?:tsx?|[mc]?js)$/.test(node.text))
      found.mentions.push(node.text);
    writes.push(...tablesWritten(node).map((table) => ({ table, line: lineOf(node) })));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  for (const statement of tree.statements) {
    const isInternal = ts.getJSDocTags(statement).some((tag) => tag.tagName.text === "internal");
    const names = exportedNames(statement);
    found.exports.push(...names.map((name) => ({ name, line: lineOf(statement), isInternal })));
  }
  return { path: file, ...found, writes };
}

type Taken = Omit<Import, "line">;

/** What a node imports: a declaration, a re-export, import("…") as a call or in a type, or require("…"). */
function importOf(node: ts.Node, tree: ts.SourceFile): Taken | null {
  if (ts.isImportDeclaration(node)) return declared(node, tree);
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) return reExported(node);
  if (ts.isImportTypeNode(node)) {
    const { qualifier } = node;
    const first = qualifier && leftmost(qualifier);
    const specifier = ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : null;
    return { specifier, isType: true, names: first ? [first.text] : "all" };
  }
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return { specifier: textOf(node.moduleReference.expression), isType: node.isTypeOnly, names: "all" };
  }
  if (!ts.isCallExpression(node)) return null;
  const isDynamic = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  if (!isDynamic && !isRequire(node.expression)) return null;
  const [taken] = node.arguments;
  if (taken && ts.isCallExpression(taken) && isRequire(taken.expression)) return null; // the inner one names it
  return { specifier: textOf(node.arguments[0]), isType: false, names: isDynamic ? namesTaken(node) : "all" };
}

function declared(node: ts.ImportDeclaration, tree: ts.SourceFile): Taken {
  const specifier = textOf(node.moduleSpecifier);
  const clause = node.importClause;
  if (!clause) return { specifier, isType: false, names: [] };
  const isType = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const names = clause.name ? ["default"] : [];
  const bindings = clause.namedBindings;
  if (!bindings) return { specifier, isType, names };
  if (ts.isNamespaceImport(bindings)) {
    const members = membersOf(bindings.name.text, tree);
    return { specifier, isType, names: members === "all" ? "all" : [...names, ...members] };
  }
  const named = bindings.elements.map((element) => (element.propertyName ?? element.name).text);
  const areTypes =
    !clause.name && named.length > 0 && bindings.elements.every((element) => element.isTypeOnly);
  return { specifier, isType: isType || areTypes, names: [...names, ...named] };
}

function reExported(node: ts.ExportDeclaration): Taken {
  const specifier = textOf(node.moduleSpecifier);
  const isType = node.isTypeOnly;
  const clause = node.exportClause;
  if (!clause) return { specifier, isType, names: [], isStar: true };
  if (ts.isNamespaceExport(clause)) return { specifier, isType, names: "all" };
  const names = clause.elements.map((element) => (element.propertyName ?? element.name).text);
  return { specifier, isType: isType || clause.elements.every((element) => element.isTypeOnly), names };
}

/** The names that a file takes from `import * as space`: all of them where it hands the whole on. */
function membersOf(space: string, tree: ts.SourceFile): string[] | "all" {
  const names: string[] = [];
  let isWhole = false;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === space && !ts.isNamespaceImport(node.parent)) {
      const { parent } = node;
      if (ts.isPropertyAccessExpression(parent) && parent.expression === node) names.push(parent.name.text);
      else if (ts.isQualifiedName(parent) && parent.left === node) names.push(parent.right.text);
      else if (!ts.isPropertyAccessExpression(parent)) isWhole = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return isWhole ? "all" : names;
}

/** require(…), require.resolve(…) and createRequire(…)(…). */
function isRequire(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === "require";
  if (ts.isPropertyAccessExpression(callee))
    return isRequire(callee.expression) && callee.name.text === "resolve";
  return ts.isCallExpression(callee) && callee.expression.getText().endsWith("createRequire");
}

function exportedNames(statement: ts.Statement): string[] {
  if (ts.isExportAssignment(statement)) return ["default"];
  if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause;
    if (!clause) return [];
    return ts.isNamespaceExport(clause) ? [clause.name.text] : clause.elements.map(({ name }) => name.text);
  }
  if (!ts.canHaveModifiers(statement)) return [];
  const kinds = (ts.getModifiers(statement) ?? []).map((modifier) => modifier.kind);
  if (!kinds.includes(ts.SyntaxKind.ExportKeyword)) return [];
  if (kinds.includes(ts.SyntaxKind.DefaultKeyword)) return ["default"];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(boundNames);
  const { name } = statement as ts.DeclarationStatement;
  return name && ts.isIdentifier(name) ? [name.text] : [];
}

function boundNames({ name }: ts.VariableDeclaration | ts.BindingElement): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element)));
}

/** The tables that a query of kysely or a statement in sql`…` writes to; null for a name that is no literal. */
function tablesWritten(node: ts.Node): (string | null)[] {
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "sql") return tablesIn(node.template);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  if (!/^(?:(?:insert|merge|replace)Into|updateTable|deleteFrom)$/.test(node.expression.name.text)) return [];
  return [textOf(node.arguments[0])?.replace(/ as .*/, "") ?? null];
}

/** The tables that a statement writes to, as it is written in SQL. `for update` and `do update set` name none. */
function tablesIn(template: ts.TemplateLiteral): (string | null)[] {
  const text = ts.isTemplateExpression(template)
    ? template.head.text + template.templateSpans.map(({ literal }) => COMPUTED + literal.text).join("")
    : template.text;
  const verbs =
    /\b(?:insert(?:\s+or\s+\w+)?|replace|merge)\s+into|\bdelete\s+from|\bupdate(?=\s+\S+\s+(?:as\s+\S+\s+)?set\b)/;
  const named = new RegExp(`(?:${verbs.source})\\s+"?(\\w+|${COMPUTED})`, "gi");
  return [...text.matchAll(named)].map(([, table = COMPUTED]) => (table === COMPUTED ? null : table));
}

/** Stands for what is put into a template. */
const COMPUTED = "\u{fffc}";

const textOf = (node: ts.Node | undefined): string | null =>
  node && ts.isStringLiteralLike(node) ? node.text : null;

const leftmost = (name: ts.EntityName): ts.Identifier => (ts.isIdentifier(name) ? name : leftmost(name.left));

const ENDINGS = ["", ".ts", ".tsx", "/index.ts", "/index.tsx"];

/**
 * The file that a relative specifier means, as TypeScript and the bundler look for it, among those that there are.
 * @returns undefined for packages, styles and what does not exist
 */
export function resolveImport(
  from: string,
  specifier: string,
  files: ReadonlySet<string>,
): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const plain = path.posix.join(path.posix.dirname(from), specifier.replace(/\?.*$/, ""));
  const bases = [plain, plain.replace(/\.m?js$/, "")];
  return bases.flatMap((base) => ENDINGS.map((ending) => base + ending)).find((one) => files.has(one));
}
