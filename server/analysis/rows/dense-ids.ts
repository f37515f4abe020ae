/** Ids up to this one are looked up in a table instead of a map. */
const TABLE_MAX = 1 << 24;

/** Gives ids of a table dense codes in the code-unit order of their keys. */
export class Codes {
  readonly #map = new Map<number, number>();
  readonly #table: Int32Array;

  constructor(keys: readonly { readonly id: number; readonly key: string }[]) {
    const sorted = [...keys].sort((a, b) => compareCodeUnits(a.key, b.key));
    const highest = sorted.reduce((most, { id }) => Math.max(most, id), 0);
    this.#table = new Int32Array(highest <= TABLE_MAX ? highest + 1 : 0).fill(-1);
    sorted.forEach(({ id }, code) => {
      if (this.#table.length > 0) this.#table[id] = code;
      else this.#map.set(id, code);
    });
  }

  has(id: number): boolean {
    return this.#table.length > 0 ? (this.#table[id] ?? -1) >= 0 : this.#map.has(id);
  }

  /** The code of an id that was given. */
  of(id: number): number {
    const code = this.#table.length > 0 ? (this.#table[id] ?? -1) : (this.#map.get(id) ?? -1);
    if (code < 0) throw new Error(`Row ${id} is missing from its own study.`);
    return code;
  }
}

/** Orders text by UTF-16 code unit, which no database setting changes. */
export function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
