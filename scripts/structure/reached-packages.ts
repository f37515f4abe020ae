import { type Module, resolveImport } from "./module.ts";
import type { Rules } from "./rooms.ts";
import { roomOf } from "./check-layers.ts";

/**
 * Packages that the code of a room reaches by any chain of imports that are left when the program runs, and may not: each package
 * would be in what a browser downloads.
 * @returns a line for each import of such a package, with a chain that leads to it
 */
export function findReachedPackages(modules: readonly Module[], rules: Rules): string[] {
  const known = new Map(modules.map((module) => [module.path, module]));
  const files = new Set(known.keys());
  return Object.entries(rules.rooms).flatMap(([room, { without = [] }]) => {
    if (without.length === 0) return [];
    const from = modules.filter(({ path }) => roomOf(path, rules) === room).map(({ path }) => [path]);
    const chains = new Map(from.map((chain) => [chain[0]!, chain]));
    const problems: string[] = [];
    for (const [file, chain] of chains) {
      for (const { specifier, isType, line } of known.get(file)!.imports) {
        if (isType || specifier === null) continue;
        const next = resolveImport(file, specifier, files);
        if (next !== undefined && !chains.has(next)) chains.set(next, [...chain, next]);
        if (without.some((name) => specifier === name || specifier.startsWith(`${name}/`)))
          problems.push(`${file}:${line} brings ${specifier} into ${room}: ${chain.join(" → ")}.`);
      }
    }
    return problems;
  });
}
