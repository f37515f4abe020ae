import { createStudy } from "../../server/studies/study.ts";
import { benchContext } from "./study.ts";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";

const BetterSqlite = loadSqliteDriver();

interface JudgedStudy {
  readonly judgments: number;
  readonly systems: number;
  readonly prompts: number;
  readonly annotators: number;
}

/** What the tables of docs/performance.md speak of. */
export const LARGE = { systems: 50, prompts: 20_000, annotators: 2000 };

/**
 * Writes a study with so many judgments, each of a slot of its own, straight into the tables of a new file: every
 * prompt is judged by several annotators on several pairs of systems; a third are ties.
 */
export async function makeJudgedStudy(file: string, given: JudgedStudy): Promise<void> {
  const context = await benchContext(file);
  await createStudy(context, { name: "s", seed: "s" });
  await context.database.close();
  const db = new BetterSqlite(file);
  db.pragma("synchronous = off");
  db.pragma("cache_size = -1000000");
  const { judgments, systems, prompts, annotators } = given;
  const pairs = (systems * (systems - 1)) / 2;
  db.function("low_of", { deterministic: true }, (pair: number) => pairAt(pair, systems)[0] + 1);
  db.function("high_of", { deterministic: true }, (pair: number) => pairAt(pair, systems)[1] + 1);
  const numbers = (to: number) =>
    `with recursive n(i) as (select 0 union all select i + 1 from n where i < ${to - 1})`;
  db.exec(`
    begin;
    insert into annotator_group (id, study_id, name, kind, headline) values (1, 1, 'crowd', 'crowd', 1);
    insert into system (id, study_id, name, display_name, role)
      ${numbers(systems)} select i + 1, 1, printf('s%03d', i), printf('s%03d', i), 'contender' from n;
    insert into prompt (id, study_id, external_id)
      ${numbers(prompts)} select i + 1, 1, printf('p%06d', i) from n;
    insert into annotator (id, group_id, study_id, provider, external_id, display_number, created_at)
      ${numbers(annotators)} select i + 1, 1, 1, 'invited', printf('a%05d', i), i + 1, '2026-01-05T09:00:00.000Z' from n;
    insert into comparison (id, study_id, prompt_id, turn, low_system_id, high_system_id)
      ${numbers(Math.ceil(judgments / 3))}
      select i + 1, 1, i % ${prompts} + 1, 1, low_of((i * 7919 + i / ${prompts}) % ${pairs}), high_of((i * 7919 + i / ${prompts}) % ${pairs}) from n
      where true on conflict do nothing;
    insert into slot (id, comparison_id, prompt_id, group_id, replicate, stage, order_key, counted_assignment_id)
      select (c.id - 1) * 3 + r.i + 1, c.id, c.prompt_id, 1, r.i, 'main', c.id, (c.id - 1) * 3 + r.i + 1
      from comparison c, (select 0 as i union select 1 union select 2) r;
    insert into assignment (id, token, slot_id, comparison_id, prompt_id, group_id, annotator_id, purpose, presentation,
        left_system_id, right_system_id, side_known, ordinal, origin, opened_at, lease_end, ended_at, ended_how)
      select s.id, 't' || s.id, s.id, s.comparison_id, s.prompt_id, 1,
        ((s.comparison_id * 131 + s.replicate * 677) % ${annotators}) + 1, 'main', 0,
        case s.id * 31 % 2 when 0 then c.low_system_id else c.high_system_id end,
        case s.id * 31 % 2 when 0 then c.high_system_id else c.low_system_id end,
        1, s.id, 'handed_out', 'x', 'x', 'x', 'judged'
      from slot s join comparison c on c.id = s.comparison_id;
    insert into judgment (id, assignment_id, annotator_id, revision, choice, active_ms, request_key, received_at)
      select a.id, a.id, a.annotator_id, 1,
        case abs(random()) % 3 when 0 then 'left' when 1 then 'tie' else 'right' end, 20000, 'k' || a.id,
        strftime('%Y-%m-%dT%H:%M:%fZ', 1767000000 + a.id, 'unixepoch')
      from assignment a;
    insert into allotment (study_id, group_id, stage, number, judgments, comparisons, prompts, created_at)
      select 1, 1, 'main', 1, 3, count(*), ${prompts}, 'x' from comparison;
    update study set state = 'open';
    commit;
    analyze;`);
  db.pragma("wal_checkpoint(truncate)");
  db.close();
}

function pairAt(pair: number, systems: number): [number, number] {
  let low = 0;
  let rest = pair;
  while (rest >= systems - 1 - low) rest -= systems - 1 - low++;
  return [low, low + 1 + rest];
}
