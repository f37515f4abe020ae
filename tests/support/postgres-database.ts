import pg from "pg";

/**
 * Creates a database on a PostgreSQL server.
 * @param server the address of a database there
 * @param template the database that it is a copy of; PostgreSQL's own, which is empty, without one
 * @returns its address
 */
export async function createDatabase(server: string, name: string, template = "template0"): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name} template ${template} strategy file_copy`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
