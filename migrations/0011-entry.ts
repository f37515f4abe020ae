import { type Kysely, sql } from "kysely";

/**
 * What comes before an annotator's first pair: the stages that they have passed, how they judged pairs with a known answer,
 * and, apart from all else, what they answered about themselves. The codes of platforms gain the finishes that come of it.
 */
export async function up(db: Kysely<unknown>, dialect: "sqlite" | "postgres"): Promise<void> {
  const int = dialect === "sqlite" ? "integer" : "bigint";
  for (const ddl of [
    `create table entry_passage (annotator_id ${int} not null references annotator, stage text not null,
       version text not null, outcome text not null, language text, passed_at text not null,
       primary key (annotator_id, stage, version))`,
    `create table entry_judgment (annotator_id ${int} not null references annotator, stage text not null,
       attempt ${int} not null, number ${int} not null, choice text not null, is_expected ${int} not null,
       active_ms ${int} not null, judged_at text not null, primary key (annotator_id, stage, attempt, number))`,
    `create table personal_answer (annotator_id ${int} not null references annotator, question text not null,
       answer text not null, answered_at text not null, primary key (annotator_id, question))`,
    dialect === "sqlite" ? CODES_SQLITE : CODES_POSTGRES,
  ]) {
    await sql.raw(ddl).execute(db);
  }
}

/** Each code is 10 random hexadecimal digits, 40 bits as of the codes that are drawn. */
const CODES_SQLITE = `
  update platform set settings = json_set(settings,
    '$.finishes.screened_out', json_object('code', hex(randomblob(5)), 'address', null),
    '$.finishes.failed_qualification', json_object('code', hex(randomblob(5)), 'address', null))`;

/** The first 12 digits of a random UUID are random bits. */
const CODE_POSTGRES = `upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 10))`;
const CODES_POSTGRES = `
  update platform set settings = (settings::jsonb || jsonb_build_object('finishes', settings::jsonb -> 'finishes'
    || jsonb_build_object('screened_out', jsonb_build_object('code', ${CODE_POSTGRES}, 'address', null),
         'failed_qualification', jsonb_build_object('code', ${CODE_POSTGRES}, 'address', null))))::text`;
