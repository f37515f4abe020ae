import { type Module, resolveImport } from "./module.ts";

/**
 * Circles of files that import each other; imports of types count, since whoever reads one file must read the others too.
 * Method: strongly connected components by Tarjan's algorithm (SIAM J. Comput. 1, 1972).
 * @returns a line for each circle, its files in order
 */
export function findCycles(modules: readonly Module[]): string[] {
  const files = new Set(modules.map((module) => module.path));
  const imports = new Map(
    modules.map((module) => [
      module.path,
      module.imports.flatMap(({ specifier }) => resolveImport(module.path, specifier ?? "", files) ?? []),
    ]),
  );
  return componentsOf(imports)
    .filter((circle) => circle.length > 1 || imports.get(circle[0]!)?.includes(circle[0]!))
    .map((circle) => circle.sort().join(" and "))
    .sort()
    .map((circle) => `${circle} import each other: move what they share to a file of its own.`);
}

/** Tarjan's algorithm; recursion is as deep as the longest chain of imports. */
function componentsOf(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const components: string[][] = [];
  const walk = (node: string): void => {
    order.set(node, order.size);
    lowest.set(node, order.get(node)!);
    open.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) walk(next);
      if (open.includes(next)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(next)!));
    }
    if (lowest.get(node) === order.get(node)) components.push(open.splice(open.indexOf(node)));
  };
  for (const node of edges.keys()) if (!order.has(node)) walk(node);
  return components;
}
