import os from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { temporaryFolder } from "./tests/support/temporary-folder.ts";

const END_TO_END = "tests/end-to-end/**";
const NEED_DATABASES = "tests/**/*.db.test.ts";

/** A busy machine makes no test fail: times are limits for what hangs. */
const common = {
  isolate: false,
  maxWorkers: 2 * Math.max(2, os.availableParallelism() - 1), // most tests wait: for pages, processes and databases
  env: { TMPDIR: temporaryFolder() },
  setupFiles: ["tests/support/setup.ts"],
  testTimeout: 360_000 * Number(process.env.TIEBREAK_EFFORT ?? 1),
  hookTimeout: 360_000,
  expect: { poll: { timeout: 60_000 } },
};
/** Those that wait most begin, and many short ones that only compute end: no worker is left alone with a long file. */
const ORDER = ["end-to-end", "databases", "pure"];
/** Files that take longer than their length suggests. */
const LONG =
  /(accessibility|annotator-axe|backup|crowd-page|judge-vicuna|operations-page|pack-commands|page-and-files|platforms|power-cut|readme|results-\w+(-rows)?)\.test|(model-replies|studies-opening|unload|places)\.db\.|(annotators-who-do-not-read|any-bytes|attacks|large|model-rankings|verdicts)\.test/;

/** Project by project, as a worker belongs to one; of each those that take long first, then the longest files. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification) =>
      2 * ORDER.indexOf(project.name) + (LONG.test(moduleId) ? 0 : 1);
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
          include: [`${END_TO_END}/*.test.ts`],
          globalSetup: [folder, databases, "tests/support/browser-global.ts"],
        },
      },
    ],
  },
});
