import { beforeAll, describe, expect, it } from "vitest";
import { batchesOf } from "../../../server/storage/batches.ts";
import { inAnthropic } from "../../support/model-servers/in-anthropic.ts";
import { type ReplyRow, replyRows } from "../../support/model-servers/replies.ts";
import {
  type Came,
  generateRow,
  judgeRow,
  LIMIT,
  PAIRS,
  studyOfRows,
} from "../../support/model-servers/row-runs.ts";

const ROWS = [
  ...replyRows(new URL("../../../fixtures/model-replies/replies.jsonl", import.meta.url)).values(),
];
const ALL = ROWS.flatMap((row) => [row, inAnthropic(row)].filter((one) => one !== null));
/** Tries of a pair, over all runs. */
const ATTEMPTS = 3;
/** Requests besides: refusals from which something is learned, each by as many calls as are made at once. */
const LEARNING = 16;
/** Sums of billionths of dollars are exact, sums of dollars are not. */
const CLOSE = 1e-9;
/** Rows that one study is played for: each leaves a judge and a system in it. */
const ROWS_A_STUDY = 40;

function expectRight(row: ReplyRow, came: Came, want: string): void {
  expect(came.outcome).toBe(want);
  expect(came.limited.billed).toBeLessThanOrEqual(LIMIT + CLOSE);
  expect(came.limited.counted).toBeLessThanOrEqual(LIMIT + CLOSE);
  expect(came.all.counted).toBeGreaterThanOrEqual(came.all.billed - CLOSE);
  if (row.isUnbilled && row.when === "always") expect(came.all.counted).toBe(0);
  for (const words of row.says ?? []) expect(came.said).toContain(words);
  if (!want.startsWith("time spent")) expect(came.requests).toBeLessThanOrEqual(ATTEMPTS * PAIRS + LEARNING);
}

/**
 * A database only meets what came of a reply, never its wire: so PostgreSQL gets one row of each outcome, and the one with
 * characters that it cannot keep.
 */
const MET_BY_POSTGRES = new Map([
  ...ROWS.map((row) => [`${row.want}, ${row.generate}`, row] as const),
  ["odd characters", ROWS.find(({ name }) => name === "odd-characters")!],
]).values();

const batches = (["sqlite", "postgres"] as const).flatMap((kind) =>
  [...batchesOf(kind === "sqlite" ? ALL : [...MET_BY_POSTGRES], ROWS_A_STUDY)].map(
    (rows) => [kind, rows[0]!.name, rows] as const,
  ),
);

describe.each(batches)("met within a limit of cost and then without, on %s from %s on", (kind, _, rows) => {
  let study: Awaited<ReturnType<typeof studyOfRows>>;
  beforeAll(async () => {
    study = await studyOfRows(kind);
  });

  it.each(rows.map((row) => [row.name, row.want, row.generate, row] as const))(
    "%s: a verdict is %s, a response is %s",
    async (_name, want, generate, row) => {
      expectRight(row, await judgeRow(study, row), want);
      expectRight(row, await generateRow(study, row), generate);
    },
  );
});

it("names where each behaviour is documented, or was met", () => {
  for (const { name, source } of ROWS) expect(source, name).toMatch(/\w{4}/);
  expect(new Set(ROWS.map(({ name }) => name)).size).toBe(ROWS.length);
});
