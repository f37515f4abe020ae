import { type Module, resolveImport } from "./module.ts";

/** What a run or a tool starts with: nothing of ours needs to import it. */
type IsEntry = (file: string) => boolean;

const isTest = (file: string): boolean => file.startsWith("tests/");

/**
 * Finds files that nothing leads to, and exports that no other file takes. What is used by tests alone counts as unused,
 * but for exports whose comment has the tag `@internal`; one with that tag that others use, or nobody, is reported too.
 * @param modules all code of the repository
 * @param isEntry files that are started or read by a tool; their exports are that tool's
 * @returns a line for each, in order of the files
 */
export function findUnused(modules: readonly Module[], isEntry: IsEntry): string[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const files = new Set(byPath.keys());
  const links = new Map(modules.map((module) => [module.path, linksOf(module, files)]));
  const entries = [...files].filter(isEntry);
  const reach = (from: readonly string[]): Set<string> => {
    const seen = new Set(from);
    for (const file of seen) for (const { target } of links.get(file) ?? []) seen.add(target);
    return seen;
  };
  const [run, tried] = [reach(entries.filter((file) => !isTest(file))), reach(entries)];
  const uses = countUses(modules, links);
  return modules.flatMap(({ path, exports }) => {
    if (!tried.has(path)) return [`${path} is used by nothing: delete it.`];
    if (!isTest(path) && !run.has(path))
      return [`${path} is used by tests alone: delete it, or move it to tests/.`];
    if (isEntry(path)) return [];
    return exports.flatMap(({ name, line, isInternal }) => {
      const problem = problemOf(uses.get(`${path} ${name}`), { isInternal, isOfTests: isTest(path) });
      return problem === null ? [] : [`${path}:${line} exports ${name}, ${problem}`];
    });
  });
}

type Uses = { code: boolean; tests: boolean };

function problemOf(uses: Uses | undefined, of: { isInternal: boolean; isOfTests: boolean }): string | null {
  if (!uses) return "which no other file uses: do not export it, or delete it.";
  if (of.isOfTests) return null;
  if (uses.code) return of.isInternal ? "which is no longer @internal: others use it." : null;
  return of.isInternal ? null : "which only tests use: do not export it, delete it, or mark it @internal.";
}

interface Link {
  readonly target: string;
  readonly names: readonly string[] | "all";
}

/** The files that a file imports or names in a string. */
function linksOf(module: Module, files: ReadonlySet<string>): Link[] {
  const imported = module.imports.flatMap(({ specifier, names }) => {
    const target = resolveImport(module.path, specifier ?? "", files);
    return target === undefined ? [] : [{ target, names }];
  });
  const named = module.mentions.flatMap((text) => {
    const target = resolveImport(module.path, `./${text}`, files) ?? resolveImport("", `./${text}`, files);
    return target === undefined || target === module.path ? [] : [{ target, names: ["default"] }];
  });
  return [...imported, ...named];
}

/** Whether code, and whether tests, take an export of another file: by `file name`. */
function countUses(modules: readonly Module[], links: ReadonlyMap<string, Link[]>): Map<string, Uses> {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const files = new Set(byPath.keys());
  const uses = new Map<string, Uses>();
  const mark = (file: string, name: string, user: string): void => {
    const key = `${file} ${name}`;
    const known = uses.get(key) ?? { code: false, tests: false };
    uses.set(key, isTest(user) ? { ...known, tests: true } : { ...known, code: true });
    const { exports, imports } = byPath.get(file)!;
    if (exports.some((one) => one.name === name)) return;
    for (const { isStar, specifier } of imports) {
      const target = isStar ? resolveImport(file, specifier ?? "", files) : undefined;
      if (target !== undefined) mark(target, name, user);
    }
  };
  for (const [user, taken] of links) {
    for (const { target, names } of taken) {
      const all = byPath.get(target)!.exports.map((one) => one.name);
      for (const name of names === "all" ? all : names) mark(target, name, user);
    }
  }
  return uses;
}
