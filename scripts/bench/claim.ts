import path from "node:path";
import { AssignmentService } from "../../server/assignments/assignment-service.ts";
import type { Context } from "../../server/context.ts";
import { recordJudgment } from "../../server/judgments/record.ts";
import { inviteAnnotators } from "../../server/studies/annotators.ts";
import { createStudy } from "../../server/studies/study.ts";
import { judgmentOf } from "../../tests/support/study.ts";
import { clock, type Line, median, workFolder } from "./measure.ts";
import { benchContext } from "./study.ts";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";

const BetterSqlite = loadSqliteDriver();

const SIZES = [1_000, 1_000_000];
const REPEATS = 40;
const DONE = [1, 100];

/** Judging one pair and claiming the next, as the study grows; and the annotator for whom nothing is left. */
export async function claimBench(): Promise<Line[]> {
  const folder = workFolder();
  const lines: Line[] = [];
  const first = new Map<number, number>();
  for (const size of SIZES) {
    const file = path.join(folder, `${size}.db`);
    const { context, tokens } = await studyOf(file, size);
    const service = new AssignmentService(context, {
      render: async (turns) => turns,
      rendererVersion: "bench",
    });
    for (const [i, done] of DONE.entries()) {
      const ms = await claimTime(service, tokens[i] ?? "", done);
      const base = first.get(done) ?? ms;
      first.set(done, base);
      lines.push({
        what: `judge + claim, ${size.toLocaleString("en")} comparisons, ${done} done`,
        measured: `${ms.toFixed(3)} ms`,
        limit: `${base.toFixed(3)} ms at 1,000`,
        ratio: (ms / base).toFixed(2),
        reach: "≤ 1.5",
      });
    }
    await context.database.close();
    if (size === SIZES.at(-1)) lines.push(await exhausted(file, tokens[2] ?? ""));
  }
  return lines;
}

/** One judgment at a time, so each pays for a commit of its own; the commit is the same at every size. */
async function claimTime(service: AssignmentService, token: string, done: number): Promise<number> {
  let work = await service.workFor(token, []);
  const times: number[] = [];
  for (let i = 0; i < done + REPEATS; i++) {
    const start = clock();
    const [assignment = "", ...holding] = work.buffer;
    work = (await recordJudgment(service, token, judgmentOf(assignment, "left", holding))).work;
    if (i >= done) times.push(clock() - start);
  }
  return median(times);
}

/** 800,000 pairs are judged by others, and of the remaining 200,000 this annotator has had every one. */
async function exhausted(file: string, token: string): Promise<Line> {
  const handle = new BetterSqlite(file);
  handle.exec("delete from judgment; delete from assignment");
  handle.exec("update slot set counted_assignment_id = 1 where id % 5 <> 0");
  handle
    .prepare(
      `insert into assignment (token, slot_id, comparison_id, prompt_id, group_id, annotator_id, purpose, presentation,
         left_system_id, right_system_id, side_known, ordinal, origin, opened_at, lease_end, ended_at, ended_how)
       select 'x' || s.id, s.id, s.comparison_id, s.prompt_id, s.group_id, a.id, 'main', 0, c.low_system_id,
         c.high_system_id, 1, s.id / 5, 'handed_out', 'x', 'x', 'x', 'judged'
       from slot s join comparison c on c.id = s.comparison_id, annotator a
       where s.id % 5 = 0 and a.display_number = 3`,
    )
    .run();
  handle.close();
  const context = await benchContext(file);
  const service = new AssignmentService(context, {
    render: async (turns) => turns,
    rendererVersion: "bench",
  });
  const times: number[] = [];
  let state = "";
  for (let i = 0; i < REPEATS; i++) {
    const start = clock();
    state = (await service.workFor(token, [])).state;
    times.push(clock() - start);
  }
  await context.database.close();
  const measured = `${median(times).toFixed(2)} ms (${state})`;
  return { what: "the exhausted annotator, 1,000,000", measured, limit: "–", ratio: "–", reach: "≤ 10 ms" };
}

/** A study of so many comparisons without texts, five to a prompt, written straight into the tables. */
async function studyOf(file: string, size: number): Promise<{ context: Context; tokens: string[] }> {
  const context = await benchContext(file);
  await createStudy(context, { name: "s", seed: "s" });
  const handle = new BetterSqlite(file);
  handle.exec(`
    insert into annotator_group (id, study_id, name, kind, headline) values (1, 1, 'crowd', 'crowd', 1);
    insert into system (id, study_id, name, display_name, role)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 6)
      select i, 1, 's' || i, 's' || i, 'contender' from n;
    insert into prompt (id, study_id, external_id)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${size / 5})
      select i, 1, 'p' || i from n;
    insert into comparison (id, study_id, prompt_id, turn, low_system_id, high_system_id)
      with recursive n(i) as (select 0 union all select i + 1 from n where i < ${size - 1})
      select i + 1, 1, i / 5 + 1, 1, 1, i % 5 + 2 from n;
    insert into slot (comparison_id, prompt_id, group_id, replicate, stage, order_key)
      select id, prompt_id, 1, 0, 'main', abs(random()) % 281474976710656 from comparison;
    insert into allotment (study_id, group_id, stage, number, judgments, comparisons, prompts, created_at)
      values (1, 1, 'main', 1, 1, ${size}, ${size / 5}, 'x');
    update study set state = 'open';
    pragma wal_checkpoint(truncate);`);
  handle.close();
  const invited = await inviteAnnotators(context, { study: "s", group: "crowd", count: 3, by: "bench" });
  return { context, tokens: invited.map((one) => one.token) };
}
