import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { judgeStudy } from "../../../server/judges/judge-study.ts";
import { endCall } from "../../../server/judges/statements.ts";
import type { Database } from "../../../server/storage/database.ts";
import { CommitLost } from "../../../server/storage/errors.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgedBy, meansFor, requestFor, scriptedModel } from "../../support/judge.ts";
import { openStudy } from "../../support/study.ts";

const COMPARISONS = 12;

/** Loses the first commit of each call's end, which was kept or not. */
function flaky(database: Database, lost: Set<number>, isKept: boolean): Database {
  return {
    ...{ dialect: database.dialect, place: database.place, close: () => database.close() },
    read: (use) => database.read(use),
    transact: (use) => database.transact(use),
    transactTogether: async (use) => {
      let ended: number | null = null;
      const undone = new Error("undone");
      const isFirst = () => ended !== null && !lost.has(ended);
      try {
        const result = await database.transactTogether(async (tx) => {
          const run: typeof tx.run = (statement, values) => {
            if ((statement as unknown) === endCall) ended = (values as unknown as { id: number }).id;
            return tx.run(statement, values);
          };
          const written = await use({ ...tx, run });
          if (isFirst() && !isKept) throw undone;
          return written;
        });
        if (isFirst()) throw undone;
        return result;
      } catch (error) {
        if (ended !== null) lost.add(ended);
        throw error === undone ? new CommitLost() : error;
      }
    },
  };
}

describe.each(DATABASES)("a verdict whose commit was lost, on %s", (kind) => {
  async function study(): Promise<Context> {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 6, baselines: 2, annotators: 1 });
    return context;
  }

  it.each([true, false])("is written again, kept or not: %s", async (isKept) => {
    const context = await study();
    const lost = new Set<number>();
    const model = scriptedModel(() => "A");
    const database = flaky(context.database, lost, isKept);
    const request = requestFor({ limits: { concurrency: 1 } });
    const summary = await judgeStudy({ ...context, database }, request, meansFor(model));
    expect(summary).toMatchObject({ ending: "done", progress: { judged: COMPARISONS } });
    expect([lost.size, model.asked.length]).toEqual([COMPARISONS, COMPARISONS]);
    expect((await judgedBy(context)).map(({ revision }) => revision)).toEqual(Array(COMPARISONS).fill(1));
  });
});
