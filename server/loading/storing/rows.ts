import { type CompiledQuery, type Kysely, type RawBuilder, sql } from "kysely";
import type { Reader } from "../../storage/database.ts";
import { statement, type Statement } from "../../storage/statement.ts";
import type { Tables } from "../../storage/tables/index.ts";

type Params<Row> = { [K in keyof Row]: RawBuilder<Row[K]> };
interface Compilable {
  compile(): CompiledQuery;
}

/** Rows are taken by 64, then by 8, then one by one: three kept plans serve any number of rows. */
const SIZES = [64, 8, 1] as const;

/** A statement over many rows at once, so that one round trip and one plan serve all of them. */
interface RowsStatement<Fixed extends object, Row extends object, Out> {
  readonly fixed: readonly (keyof Fixed & string)[];
  readonly columns: readonly (keyof Row & string)[];
  ofSize(rows: number): Statement<unknown[], Out>;
}

interface Shape<Fixed extends object, Row extends object> {
  /** Names of the values that are the same for all rows. */
  readonly fixed: readonly (keyof Fixed & string)[];
  readonly columns: readonly (keyof Row & string)[];
  build(db: Kysely<Tables>, rows: Params<Row>[], fixed: Params<Fixed>): Compilable;
}

/** Declares a statement over rows; `Out` is the type of what each row it returns looks like. */
export function rowsStatement<Fixed extends object, Row extends object, Out = never>(
  shape: Shape<Fixed, Row>,
): RowsStatement<Fixed, Row, Out> {
  const { fixed, columns } = shape;
  const ofSize = (size: number) =>
    statement<Record<string, unknown>, Out>((db, param) => {
      const paramsFrom = <Row>(names: readonly (keyof Row & string)[], start: number) =>
        Object.fromEntries(names.map((name, i) => [name, param(String(start + i))])) as Params<Row>;
      const rows = Array.from({ length: size }, (_, row) =>
        paramsFrom<Row>(columns, fixed.length + row * columns.length),
      );
      return shape.build(db, rows, paramsFrom<Fixed>(fixed, 0));
    }) as unknown as Statement<unknown[], Out>;
  const bySize = new Map<number, Statement<unknown[], Out>>(SIZES.map((size) => [size, ofSize(size)]));
  return { fixed, columns, ofSize: (size) => bySize.get(size)! };
}

/** Runs the statement over all rows, in their order. @returns what it returned, all together */
export async function runRows<Fixed extends object, Row extends object, Out>(
  reader: Reader,
  over: RowsStatement<Fixed, Row, Out>,
  given: { fixed: Fixed; rows: readonly Row[] },
): Promise<Out[]> {
  const out: Out[] = [];
  for (let start = 0; start < given.rows.length;) {
    const left = given.rows.length - start;
    const size = SIZES.find((one) => one <= left) ?? 1;
    const input: unknown[] = over.fixed.map((name) => given.fixed[name]);
    for (let i = start; i < start + size; i++) {
      const row = given.rows[i] as Row;
      for (const name of over.columns) input.push(row[name]);
    }
    const rows = await reader.run(over.ofSize(size), input);
    for (const row of rows) out.push(row);
    start += size;
  }
  return out;
}

/** `values (…), (…)` of whole numbers, for `where (a, b) in …`; PostgreSQL must be told their type. */
export const listOfIds = (rows: readonly RawBuilder<number>[][]) =>
  sql`(values ${sql.join(
    rows.map((row) => sql`(${sql.join(row.map((value) => sql`cast(${value} as bigint)`))})`),
  )})`;
