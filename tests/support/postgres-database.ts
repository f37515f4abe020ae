import pg from "pg";

/** Creates an empty database on a PostgreSQL server, or a copy of one there. @returns its address */
export async function createDatabase(server: string, name: string, template = "template0"): Promise<string> {
  await using(server, (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  );
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** What a database is besides its rows: two that have the same are alike once they are emptied. */
export const schemaOf = (url: string): Promise<string> => using(url, readSchema);

/**
 * Takes all rows and connections out of a database, and has its keys begin anew: cheaper than another database.
 * @param schema what it must be besides its rows
 * @returns whether it can be used again: not where a test changed its schema, holds a lock or left much that is dead, as every
 * search walks over it until it is vacuumed
 */
export async function emptyDatabase(url: string, schema: string): Promise<boolean> {
  try {
    return await using(url, async (client) => {
      await client.query(EMPTY);
      return (await readSchema(client)) === schema;
    });
  } catch {
    return false;
  }
}

/** Of all tables. */
const WORN_BYTES = 4_000_000;
/** The last number of what every database has from the beginning. */
const BUILT_IN = 16_383;

async function using<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function readSchema(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ schema: string }>(SCHEMA);
  return rows[0]!.schema;
}

/**
 * Of copies of one database: their catalogs have the same rows, written by the same transactions, and whatever changes the
 * schema writes others. That is read in a fifth of the time that the definitions take.
 */
const SCHEMA = `
  select md5(string_agg(part, ';' order by part)) as schema from (
    select concat('class', oid, ' ', xmin) as part from pg_class where relnamespace = 'public'::regnamespace
    union all select concat('column', attrelid, ' ', attnum, ' ', xmin) from pg_attribute where attrelid > ${BUILT_IN}
    union all select concat('default', oid, ' ', xmin) from pg_attrdef
    union all select concat('index', indexrelid, ' ', xmin) from pg_index where indexrelid > ${BUILT_IN}
    union all select concat('constraint', oid, ' ', xmin) from pg_constraint where connamespace = 'public'::regnamespace
    union all select concat('trigger', oid, ' ', xmin) from pg_trigger
    union all select concat('view', oid, ' ', xmin) from pg_rewrite where oid > ${BUILT_IN}
    union all select concat('function', oid, ' ', xmin) from pg_proc where pronamespace = 'public'::regnamespace
    union all select setconfig::text from pg_db_role_setting
    where setdatabase in (select oid from pg_database where datname = current_database())
    union all select name from kysely_migration
  ) as parts`;

/** Without foreign keys and triggers, so that the order of the tables does not matter. */
const EMPTY = `
  do $$
  declare
    one record;
    bytes bigint := 0;
  begin
    perform pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid();
    set local lock_timeout = '5s';
    set local session_replication_role = replica;
    for one in
      select oid::regclass as name, pg_relation_size(oid) as bytes from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'
    loop
      continue when one.bytes = 0;
      bytes := bytes + one.bytes;
      if bytes > ${WORN_BYTES} then
        raise 'worn';
      end if;
      execute format('delete from %s', one.name);
    end loop;
    perform setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    from pg_sequences where last_value is not null;
  end $$`;
