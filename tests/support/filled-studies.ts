import { sql } from "kysely";
import type { Context } from "../../server/context.ts";

/** Rows of the larger tables, all studies together. */
const SIZES = { studies: 3, prompts: 1200, systems: 12, annotators: 240, assignments: 12_000 };
const AT = "2026-01-05T09:00:00.000Z";

/**
 * Fills an empty database with studies that are half judged, table by table in one statement each: thousands of rows in which
 * all that belongs together has ids that fit. Ids are spread over the studies in turn.
 */
export async function fillStudies({ database }: Context): Promise<void> {
  await database.transact(async ({ db }) => {
    for (const text of FILL) await sql.raw(text).execute(db);
  });
}

const { studies, prompts, systems, annotators, assignments } = SIZES;
const study = `(i % ${studies}) + 1`;
/** `i` runs from 1. */
const fill = (table: string, rows: number, columns: Readonly<Record<string, string | number>>): string => {
  const given = { id: "i", ...columns };
  const names = Object.entries(given).flatMap(([name, value]) => (value === "" ? [] : [name]));
  const values = Object.values(given).filter((value) => value !== "");
  return `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
    insert into ${table} (${names.join(", ")}) select ${values.join(", ")} from n`;
};
const at = `'${AT}'`;
/** Where two rows in a row have the same, as an odd number and the one after it. */
const half = "(i + 1) / 2";
const loadTimes = { started_at: at, heartbeat_at: at, ended_at: at };
const texts = { turns: "'[]'", content_hash: "'hash ' || i", metadata: "'{}'", load_id: study };
const prompt = `((i - 1) % ${prompts}) + 1`;
const group = `((i - 1) % ${2 * studies}) + 1`;
/** Nobody has a comparison twice. */
const personOf = (i: string) => `((${i} - 1 + (${i} - 1) / ${prompts * 3}) % ${annotators}) + 1`;
const person = personOf("i");

const FILL = [
  fill("study", studies, {
    ...{ name: "'study ' || i", public_title: "'t'", state: "'open'", seed: "'s'", created_at: at },
  }),
  fill("protocol", studies * 2, { study_id: study, revision: "i", body: "'{}'" }),
  fill("study_change", 900, { study_id: study, kind: "'k'", detail: "'d'", by_whom: "'b'", changed_at: at }),
  fill("owner_token", 300, { token_hash: "'o ' || i", created_at: at, expires_at: at }),
  fill("session", 300, { token_hash: "'s ' || i", created_at: at, expires_at: at }),
  fill("annotator_group", 2 * studies, {
    ...{ study_id: study, name: "'group ' || i", kind: "'crowd'", headline: 1, open_token_hash: "'g ' || i" },
  }),
  fill("annotator", annotators, {
    ...{
      group_id: group,
      study_id: study,
      provider: "'link'",
      external_id: "'a ' || i",
      display_number: "i",
    },
    ...{ token_hash: "'t ' || i", created_at: at },
  }),
  fill("load", 300, {
    ...{ study_id: study, state: "'published'", file_name: "'f'", content_hash: "'h'", ...loadTimes },
  }),
  fill("system", systems, {
    ...{ study_id: study, name: "'system ' || i", display_name: "'s'", role: "'contender'", load_id: study },
  }),
  fill("prompt", prompts, { study_id: study, external_id: "'p ' || i", load_id: study }),
  fill("prompt_text", prompts, { id: "", prompt_id: "i", study_id: study, ...texts }),
  fill("response", prompts * 4, {
    ...{ prompt_id: prompt, system_id: `((i - 1) / ${prompts}) * ${studies} + (i % ${studies}) + 1` },
    ...{ turn_count: 1, blank: 0, ...texts },
  }),
  fill("rendering", prompts * 4, { id: "", content_hash: "'hash ' || i", version: "'v'", html: "'[]'" }),
  fill("comparison", prompts * 3, {
    ...{ study_id: study, prompt_id: prompt, turn: 1, load_id: study, low_system_id: study },
    high_system_id: `((i - 1) / ${prompts} + 1) * ${studies} + (i % ${studies}) + 1`,
  }),
  fill("known_answer", 300, { id: "", comparison_id: "i * 7", study_id: study, load_id: study }),
  fill("allotment", 2 * studies, {
    ...{ study_id: study, group_id: "i", stage: "'main'", number: 1, judgments: 2, comparisons: prompts },
    ...{ prompts: prompts, created_at: at },
  }),
  fill("slot", prompts * 6, {
    ...{ comparison_id: half, prompt_id: `((${half} - 1) % ${prompts}) + 1`, group_id: group },
    ...{ replicate: "(i % 2) + 1", stage: "'main'", order_key: "(i * 7919) % 1000003" },
    counted_assignment_id: "case when i % 3 = 0 then i end",
  }),
  fill("assignment", assignments, {
    ...{ token: "'token ' || i", slot_id: `((i - 1) % ${prompts * 6}) + 1`, purpose: "'main'" },
    ...{ comparison_id: `((i - 1) % ${prompts * 3}) + 1`, prompt_id: prompt, group_id: group },
    ...{ annotator_id: person, presentation: 0, left_system_id: study, right_system_id: `${study} + 3` },
    ...{ side_known: 1, ordinal: "i", origin: "'handed_out'", opened_at: at, lease_end: at },
    ...{ ended_at: at, ended_how: "case when i % 20 = 0 then 'skipped' else 'judged' end" },
  }),
  fill("judgment", assignments, {
    ...{ assignment_id: "i", annotator_id: person, revision: 1, choice: "'left'", request_key: "'k ' || i" },
    received_at: at,
  }),
  fill("skip", assignments / 20, {
    ...{ assignment_id: "i * 20", annotator_id: personOf("i * 20"), reason: "'unreadable'" },
    ...{ request_key: "'k ' || i", received_at: at },
  }),
  fill("exclusion", 12, { study_id: study, annotator_id: "i", rule: "'r'", excluded_at: at }),
  fill("judge_run", 60, {
    ...{ study_id: study, group_id: group, annotator_id: person, settings: "'{}'", template_version: "'1'" },
    ...{ template_hash: "'h'", process: "'p'", started_at: at, seen_at: at },
  }),
  fill("judge_call", 3000, {
    ...{ run_id: "(i % 60) + 1", assignment_id: "i", attempt: 1, state: "'answered'", claimed_at: at },
  }),
  fill("report_snapshot", 30, {
    ...{ study_id: study, number: "i", taken_at: at, reason: "'r'", data_hash: "'h'", judgments: 1 },
    ...{ estimator: "'e'", body: "'{}'" },
  }),
  fill("share_link", 30, { study_id: study, token_hash: "'l ' || i", created_at: at }),
];
