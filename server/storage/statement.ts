import type { CompiledQuery, Kysely, RawBuilder } from "kysely";
import { sql } from "kysely";
import type { Dialect, DialectName } from "./dialect.ts";
import type { Tables } from "./tables/index.ts";

/** A query that is compiled once for each database and bound by name: for the hot path. */
export interface Statement<Input, Row> {
  compiledFor(db: Kysely<Tables>, dialect: Dialect): BoundStatement;
  readonly types?: { input: Input; row: Row };
}

/** @internal */
export interface BoundStatement {
  readonly sql: string;
  /** A short name, the same in every process, under which PostgreSQL keeps the plan. */
  readonly name: string;
  bind(input: object): unknown[];
}

type Param<Input> = <K extends keyof Input & string>(name: K) => RawBuilder<Input[K]>;
interface Compilable {
  compile(): CompiledQuery;
}

class Placeholder {
  constructor(readonly name: string) {}
}

/** All that were declared so far, so that a test can look at how each is run. @internal */
export const declaredStatements: Pick<Statement<object, unknown>, "compiledFor">[] = [];

/**
 * Declares a statement. `build` gets a query builder, `param` for named values, and the dialect.
 * Values that are not params are fixed when the statement is compiled.
 */
export function statement<Input extends object, Row>(
  build: (db: Kysely<Tables>, param: Param<Input>, dialect: Dialect) => Compilable,
): Statement<Input, Row> {
  const compiled = new Map<DialectName, BoundStatement>();
  const name = `s${declaredStatements.length + 1}`;
  const declared: Statement<Input, Row> = {
    compiledFor(db, dialect) {
      let bound = compiled.get(dialect.name);
      if (!bound) {
        const param = (key: string) => sql`${new Placeholder(key)}`;
        bound = binder(name, build(db, param as Param<Input>, dialect).compile());
        compiled.set(dialect.name, bound);
      }
      return bound;
    },
  };
  declaredStatements.push(declared);
  return declared;
}

function binder(name: string, query: CompiledQuery): BoundStatement {
  const keys = query.parameters.map((part) => (part instanceof Placeholder ? part.name : null));
  const fixed = query.parameters.map((part) => (part instanceof Placeholder ? null : part));
  const bind = (input: object): unknown[] => {
    const given = input as Record<string, unknown>;
    const values: unknown[] = new Array(keys.length);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      values[i] = key === null ? fixed[i] : given[key];
    }
    return values;
  };
  return { sql: query.sql, name, bind };
}
