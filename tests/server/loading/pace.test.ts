import { describe, expect, it } from "vitest";
import type { LoadRun } from "../../../server/loading/load-run.ts";
import { type Company, Pace } from "../../../server/loading/pace.ts";

const all = (company: Company) => () => company;

/** The rows of each step, where a step works for so long. */
async function rowsOf(company: (step: number) => Company, workMs: number): Promise<number[]> {
  let now = 0;
  const rows: number[] = [];
  const pace = new Pace(
    () => new Date(now),
    () => company(rows.length),
  );
  const run = {
    transact: async (use: (tx: never, at: string) => Promise<void>) => use(undefined as never, ""),
  } as unknown as LoadRun;
  for (let step = 0; step < 12; step++) {
    rows.push(pace.rows);
    await pace.step(run, async () => void (now += workMs));
  }
  return rows;
}

describe("the steps of a load", () => {
  it("are small beside annotators, the slower the smaller", async () => {
    expect((await rowsOf(all("annotators"), 20)).at(-1)).toBe(32);
    expect((await rowsOf(all("annotators"), 1)).at(-1)).toBe(2048);
  });

  it("are moderate where others may be at work", async () => {
    expect((await rowsOf(all("perhaps"), 5000)).at(-1)).toBe(1024);
    expect((await rowsOf(all("perhaps"), 1)).at(-1)).toBe(2048);
  });

  it("are large where nobody is, also on a slow machine, so that a large file writes in proportion", async () => {
    expect(new Set(await rowsOf(all("nobody"), 9000))).toEqual(new Set([8192]));
    expect((await rowsOf(all("nobody"), 1)).at(-1)).toBe(32_768);
  });

  it("become small at once when annotators come", async () => {
    const rows = await rowsOf((step) => (step < 6 ? "nobody" : "annotators"), 1);
    expect(rows.slice(0, 6).at(-1)).toBe(32_768);
    expect(Math.max(...rows.slice(6))).toBe(2048);
  });
});
