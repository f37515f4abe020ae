import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const END_TO_END = "tests/end-to-end/**";
const NEED_DATABASES = "tests/**/*.db.test.ts";

/** A busy machine makes no test fail: times are limits for what hangs. */
const common = {
  isolate: false,
  maxWorkers: Math.max(2, os.availableParallelism() - 1),
  env: { TMPDIR: path.join(os.tmpdir(), `tiebreak-tests-${process.pid}`) },
  setupFiles: ["tests/support/setup.ts"],
  testTimeout: 180_000 * Number(process.env.TIEBREAK_EFFORT ?? 1),
  hookTimeout: 180_000,
};
/** Short files that take long: where one of them begins last, one worker runs and the others wait. */
const LONG =
  /end-to-end\/(accessibility|backup|crowd-page|operations-page|pack-commands|power-cut|readme|results-judgments-rows)\./;

/** As they are by default (longest files first), but those that take longer than their length suggests before the others. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (LONG.test(moduleId) ? 0 : 1);
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
const folder = "tests/support/folder-global.ts";
const databases = "tests/support/databases-global.ts";

/** Three projects by what they need: nothing, databases, a built server with databases and a browser. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          ...common,
          name: "pure",
          include: ["tests/**/*.test.ts"],
          exclude: [END_TO_END, NEED_DATABASES],
          globalSetup: [folder],
        },
      },
      {
        test: {
          ...common,
          name: "databases",
          include: [NEED_DATABASES],
          globalSetup: [folder, databases],
        },
      },
      {
        test: {
          ...common,
          name: "end-to-end",
          maxWorkers: 2 * common.maxWorkers, // much of their time is waiting for pages
          sequence: { groupOrder: 1 }, // after the others, which have fewer workers
          include: [`${END_TO_END}/*.test.ts`],
          globalSetup: [folder, databases, "tests/support/browser-global.ts"],
        },
      },
    ],
  },
});
