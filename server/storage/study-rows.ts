import { type RawBuilder, sql } from "kysely";
import type { Transaction } from "./database.ts";
import { TABLES } from "./table-names.ts";

/** Which rows of a table are of a study: a condition on the table's own columns. */
type OfStudy = (studyId: RawBuilder<unknown>) => RawBuilder<unknown>;

const byStudy: OfStudy = (id) => sql`study_id = ${id}`;
const within =
  (column: keyof typeof PARENTS): OfStudy =>
  (id) =>
    sql`${sql.ref(column)} in (select id from ${sql.table(PARENTS[column])} where study_id = ${id})`;
/** What a column that refers to another table's rows is called. */
const PARENTS = {
  annotator_id: "annotator",
  comparison_id: "comparison",
  prompt_id: "prompt",
  group_id: "annotator_group",
  run_id: "judge_run",
  audit_id: "blinding_audit",
} as const;
const ofResponses: OfStudy = (id) =>
  sql`response_id in (select r.id from response r join prompt p on p.id = r.prompt_id where p.study_id = ${id})`;
const ofNone: OfStudy = () => sql`1 = 0`;

type Table = (typeof TABLES)[number];

/** For every table, its rows of a study. */
const ROWS: Readonly<Record<Table, OfStudy>> = {
  study: (id) => sql`id = ${id}`,
  protocol: byStudy,
  study_change: byStudy,
  account: ofNone,
  owner_token: ofNone,
  session: ofNone,
  report_snapshot: byStudy,
  share_link: byStudy,
  annotator_group: byStudy,
  annotator: byStudy,
  load: byStudy,
  system: byStudy,
  prompt: byStudy,
  prompt_text: byStudy,
  response: within("prompt_id"),
  rendering: ofNone, // by text, whatever study it stands in
  comparison: byStudy,
  allotment: byStudy,
  slot: within("comparison_id"),
  assignment: within("annotator_id"),
  judgment: within("annotator_id"),
  exclusion: byStudy,
  audit_event: ofNone, // what was done to a study stays known when it is gone
  membership: byStudy,
  invitation: byStudy,
  api_token: byStudy,
  sign_in_failure: ofNone,
  openid_identity: ofNone,
  openid_flow: ofNone,
  results_reader: byStudy,
  judge_run: byStudy,
  judge_call: within("run_id"),
  told_calls: within("annotator_id"),
  server_manner: ofNone, // of a server and a model, whatever study they are asked for
  known_answer: byStudy,
  skip: within("annotator_id"),
  flag: within("annotator_id"),
  unanswered_prompt: within("prompt_id"),
  platform: within("group_id"),
  participation: within("annotator_id"),
  participant: byStudy,
  departure: byStudy,
  retention: byStudy,
  message: within("annotator_id"),
  guess: within("annotator_id"),
  entry_passage: within("annotator_id"),
  entry_judgment: within("annotator_id"),
  personal_answer: within("annotator_id"),
  work_tally: within("annotator_id"),
  work_signs: within("annotator_id"),
  rule_trigger: byStudy,
  review: byStudy,
  upload: byStudy,
  upload_part: byStudy,
  blinding_audit: byStudy,
  found_sign: within("audit_id"),
  blinding_decision: byStudy,
  masked_response: ofResponses,
  left_out_response: within("prompt_id"),
  comparison_note: byStudy,
  adjudication: byStudy,
  corrected_response: ofResponses,
  prompt_set: ofNone, // a set outlives the studies that take prompts from it
  prompt_set_version: ofNone,
  prompt_set_text: ofNone,
  prompt_set_item: ofNone,
  prompt_set_decision: ofNone,
};

/** Deletes every row of a study, in all tables. @param onTable called before each with how many are done, and how many there are */
export async function deleteStudyRows(
  { db }: Transaction,
  studyId: number,
  onTable?: (done: number, of: number) => void,
): Promise<void> {
  for (const [done, table] of TABLES.toReversed().entries()) {
    onTable?.(done, TABLES.length);
    await sql`delete from ${sql.table(table)} where ${ROWS[table](sql.lit(studyId))}`.execute(db);
  }
}
