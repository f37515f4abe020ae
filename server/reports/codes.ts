/** Gives ids of a table dense codes in the code-unit order of their keys. */
export class Codes {
  readonly #codes = new Map<number, number>();

  constructor(keys: readonly { readonly id: number; readonly key: string }[]) {
    const sorted = [...keys].sort((a, b) => compareCodeUnits(a.key, b.key));
    sorted.forEach(({ id }, code) => this.#codes.set(id, code));
  }

  /** The code of an id that was given. */
  of(id: number): number {
    const code = this.#codes.get(id);
    if (code === undefined) throw new Error(`Row ${id} is missing from its own study.`);
    return code;
  }
}

/** Orders text by UTF-16 code unit, which no database setting changes. */
export function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
