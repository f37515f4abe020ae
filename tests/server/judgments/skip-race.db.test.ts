import pg from "pg";
import { it } from "vitest";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { testContext } from "../../support/context.ts";
import { expectPlacesHold } from "../../support/places.ts";
import { judgmentOf, openStudy, skipOf } from "../../support/study.ts";
import { waits } from "../../support/waits.ts";

const crowd = { name: "crowd", kind: "crowd" as const, headline: true };
const once = { judgments: 1, sharedJudgments: 0, judgmentsPerAnnotator: null };

it("a skip gives its place to a judgment that is on its way", async () => {
  const context = await testContext("postgres");
  const protocol = { leaseMinutes: 1, groups: [{ ...crowd, ...once }] };
  const { desk, tokens } = await openStudy(context, { prompts: 1, baselines: 1, annotators: 2, protocol });
  const [first, second] = tokens as [string, string];
  const [held] = (await desk.workFor(first, [])).buffer;
  context.advance(3_600_000);
  const [taken] = (await desk.workFor(second, [])).buffer;
  await recordJudgment(desk, first, judgmentOf(held!, "left"));

  const other = new pg.Client({ connectionString: context.url });
  await other.connect();
  try {
    // the second one's judgment comes too late for the place; its transaction has not ended yet
    const found = await other.query<{ id: number; slot: number; who: number }>(
      "select id, slot_id as slot, annotator_id as who from assignment where token = $1",
      [taken],
    );
    const { id, slot, who } = found.rows[0]!;
    await other.query("begin");
    await other.query("select id from annotator where id = $1 for update", [who]);
    await other.query(
      `insert into judgment (assignment_id, annotator_id, revision, choice, language, active_ms, request_key, received_at)
       values ($1, $2, 1, 'left', 'en', 1, 'late', '2026-01-05T10:00:00.000Z')`,
      [id, who],
    );
    const took = "update slot set counted_assignment_id = coalesce(counted_assignment_id, $1) where id = $2";
    await other.query(took, [id, slot]);
    const ended =
      "update assignment set ended_at = '2026-01-05T10:00:00.000Z', ended_how = 'judged' where id = $1";
    await other.query(ended, [id]);
    const skipped = recordSkip(desk, first, skipOf(held!, "other"));
    await waits(other);
    await other.query("commit");
    await skipped;
  } finally {
    await other.end();
  }
  await expectPlacesHold(context);
});
