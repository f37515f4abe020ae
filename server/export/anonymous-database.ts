import type { KyselyPlugin, PluginTransformResultArgs, QueryResult, UnknownRow } from "kysely";
import type { Database, Reader } from "../storage/database.ts";

/**
 * One moment of a database in which annotators have other names: for reading a report that names nobody. It
 * renames what is selected from `annotator` with its id, its provider and the provider's id.
 * @param names the new names, by the ids of the annotators' rows; who is not among them keeps theirs
 */
export function anonymousDatabase(
  database: Database,
  reader: Reader,
  names: ReadonlyMap<number, string>,
): Database {
  const anonymous: Reader = { ...reader, db: reader.db.withPlugin(new Renaming(names)) };
  return {
    dialect: database.dialect,
    place: database.place,
    read: (use) => use(anonymous),
    transact: refuse,
    transactTogether: refuse,
    close: async () => undefined,
  };
}

const refuse = (): never => {
  throw new Error("One moment of a database is for reading.");
};

class Renaming implements KyselyPlugin {
  readonly #names: ReadonlyMap<number, string>;

  constructor(names: ReadonlyMap<number, string>) {
    this.#names = names;
  }

  transformQuery: KyselyPlugin["transformQuery"] = ({ node }) => node;

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return { ...result, rows: result.rows.map((row) => this.#renamed(row)) };
  }

  #renamed(row: UnknownRow): UnknownRow {
    if (!("provider" in row) || !("external_id" in row)) return row;
    const name = this.#names.get(Number(row.id));
    return name === undefined ? row : { ...row, provider: "anonymous", external_id: name };
  }
}
