import { CompiledQuery, type Kysely, sql } from "kysely";
import type { Dialect } from "../../server/storage/dialect.ts";
import type { BoundStatement } from "../../server/storage/statement.ts";
import type { Tables } from "../../server/storage/tables/index.ts";

/** How a database runs a query. */
export interface Plan {
  /** Tables, by the name that they have in the query, that are walked through: `judge_run`, or `t by study_id`. */
  readonly walks: readonly string[];
  readonly text: string;
}

/** Columns that so many rows share that finding them by one is a walk over a study, or a large part of it. */
const SHARED = ["study_id", "group_id", "system_id", "load_id"];

/**
 * The plan of a statement, as the product runs it: SQLite has no statistics there. PostgreSQL's is the one it keeps for any
 * values; walking a whole table is forbidden it, so that it does so only where no index serves.
 */
export async function planOf(
  { db, dialect }: { db: Kysely<Tables>; dialect: Dialect },
  bound: BoundStatement,
): Promise<Plan> {
  if (dialect.name === "sqlite") {
    const parameters = bound.bind({}).map((value) => value ?? null);
    const lines = await linesOf(db, { sql: `explain query plan ${bound.sql}`, parameters });
    return { walks: sqliteWalks(lines), text: lines.join("\n") };
  }
  await sql`set local enable_seqscan = off`.execute(db);
  const lines = await linesOf(db, { sql: `explain (generic_plan, costs off) ${bound.sql}`, parameters: [] });
  return { walks: postgresWalks(lines), text: lines.join("\n") };
}

async function linesOf(db: Kysely<Tables>, query: { sql: string; parameters: unknown[] }): Promise<string[]> {
  const { rows } = await db.executeQuery<Record<string, string>>(CompiledQuery.raw(query.sql, query.parameters));
  return rows.map((row) => row.detail ?? row["QUERY PLAN"] ?? "");
}

const isShared = (columns: readonly string[]): boolean => columns.length === 1 && SHARED.includes(columns[0]!);

/** Of lines such as `SCAN s` and `SEARCH t USING INDEX prompt_text_by_hash (study_id=?)`. */
function sqliteWalks(lines: readonly string[]): string[] {
  const within = new Set(lines.flatMap((line) => /^(?:CO-ROUTINE|MATERIALIZE) (\w+)/.exec(line)?.[1] ?? []));
  return lines.flatMap((line) => {
    const scanned = /^SCAN (\w+)(?: USING .*)?$/.exec(line)?.[1];
    if (scanned !== undefined) return within.has(scanned) ? [] : [scanned];
    const [, name = "", terms = ""] = /^SEARCH (\w+) .*\((.*)\)/.exec(line) ?? [];
    const columns = terms.split(" AND ").map((term) => term.replace(/[=<>]+\?$/, ""));
    return isShared(columns) ? [`${name} by ${columns[0]}`] : [];
  });
}

/** Of lines such as `Seq Scan on study s`, and `Index Scan using i on prompt_text t` above `Index Cond: (study_id = $1)`. */
function postgresWalks(lines: readonly string[]): string[] {
  return lines.flatMap((line, i) => {
    const [, kind, table, alias = table] = /(Seq|Index(?: Only)?|Bitmap Heap) Scan .*?on (\w+)(?: (\w+))?$/.exec(line) ?? [];
    if (kind === undefined || alias === undefined) return [];
    if (kind === "Seq") return [alias];
    const depth = line.search(/\S/);
    const below = lines.slice(i + 1);
    const end = below.findIndex((next) => next.search(/\S/) <= depth);
    const own = end < 0 ? below : below.slice(0, end);
    const condition = own.find((next) => /^\s*Index Cond:/.test(next));
    if (condition === undefined) return [`${alias} by its order`];
    const columns = [...condition.matchAll(/[( ](\w+)(?:\)?::\w+)? (?:=|<|>|<=|>=|<>) /g)].map(([, column]) => column!);
    return isShared([...new Set(columns)]) ? [`${alias} by ${columns[0]}`] : [];
  });
}
