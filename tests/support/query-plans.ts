import type { BoundStatement } from "../../server/storage/statement.ts";

/** Columns that so many rows share that finding them by one is a walk over a study, or a large part of it. */
const SHARED = ["study_id", "group_id", "system_id", "load_id"];

/**
 * Tables, by the names that they have in the query, that SQLite walks through: `judge_run` from end to end, `t by study_id`
 * all that belongs to one study.
 * @param plan the lines of EXPLAIN QUERY PLAN, such as `SCAN s` and `SEARCH t USING INDEX text_by_study (study_id=?)`
 */
export function walksOf({ sql }: Pick<BoundStatement, "sql">, plan: readonly string[]): string[] {
  return plan.flatMap((line) => {
    const scanned = /^SCAN (\w+)(?: USING .*)?$/.exec(line)?.[1];
    if (scanned !== undefined) return isOfQuery(scanned, sql) ? [] : [scanned];
    const [, name = "", terms = ""] = /^SEARCH (\w+) .*\((.*)\)$/.exec(line) ?? [];
    const known = terms.split(" AND ").filter((term) => !term.startsWith("ANY(")); // those are tried one by one
    const [column = "", ...further] = known.map((term) => term.replace(/[=<>]+\?$/, ""));
    return further.length === 0 && SHARED.includes(column) ? [`${name} by ${column}`] : [];
  });
}

/** Whether rows of this name are what the query itself found or lists, as `… as "s"` and `with "wanted"(…)`. */
function isOfQuery(name: string, sql: string): boolean {
  const [, source = ""] = new RegExp(`"(\\w+)" as "${name}"`).exec(sql) ?? [];
  return sql.includes(`) as "${name}"`) || (source !== "" && sql.includes(`with "${source}"(`));
}
