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

const WORN_BYTES = 8_000_000;

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

/** Of copies of one database: their tables have the same numbers, which are quicker to read than their names. */
const SCHEMA = `
  select md5(string_agg(part, ';' order by part)) as schema from (
    select concat(relkind, relname) as part from pg_class where relnamespace = 'public'::regnamespace
    union all
    select concat(relname, attname, atttypid, attnotnull) from pg_attribute
    join pg_class on pg_class.oid = attrelid and relnamespace = 'public'::regnamespace
    union all
    select concat(conname, conrelid, conkey, confrelid, confkey, confdeltype, conbin) from pg_constraint
    where connamespace = 'public'::regnamespace
    union all select concat(tgname, tgenabled) from pg_trigger where not tgisinternal
    union all select concat(relname, pg_get_viewdef(oid)) from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'v'
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select concat(adrelid, adnum, pg_get_expr(adbin, adrelid)) from pg_attrdef
    join pg_class on pg_class.oid = adrelid and relnamespace = 'public'::regnamespace
    union all select concat(proname, prosrc) from pg_proc where pronamespace = 'public'::regnamespace
    union all select setconfig::text from pg_db_role_setting
    union all select name from kysely_migration
  ) as parts`;

/** Without foreign keys and triggers, so that the order of the tables does not matter. */
const EMPTY = `
  do $$
  declare one record;
  begin
    if (select sum(pg_relation_size(oid)) from pg_class where relnamespace = 'public'::regnamespace) > ${WORN_BYTES} then
      raise 'worn';
    end if;
    perform pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid();
    set local lock_timeout = '5s';
    set local session_replication_role = replica;
    for one in
      select oid::regclass as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname not like 'kysely%' and pg_relation_size(oid) > 0
    loop
      execute format('delete from %s', one.name);
    end loop;
    perform setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    from pg_sequences where last_value is not null;
  end $$`;
