import type { FileReport } from "../../contract/loading.ts";

const SYSTEMS_LISTED = 10;

/** Counts the responses of a file by system, so that a column taken for the system, or one left out, shows. */
export class OutputCounts {
  readonly #of = new Map<string, number>();

  see(system: string): void {
    this.#of.set(system, (this.#of.get(system) ?? 0) + 1);
  }

  toJson(): FileReport["outputs"] {
    const all = [...this.#of].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    return all.slice(0, SYSTEMS_LISTED).map(([system, responses]) => ({ system, responses }));
  }
}
