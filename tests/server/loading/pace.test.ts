import { describe, expect, it } from "vitest";
import type { LoadRun } from "../../../server/loading/load-run.ts";
import { type Company, Pace } from "../../../server/loading/pace.ts";

/** The rows of each step, where a step works for so long. */
async function rowsOf(company: Company, workMs: number): Promise<number[]> {
  let now = 0;
  const pace = new Pace(() => new Date(now), company);
  const run = {
    transact: async (use: (tx: never, at: string) => Promise<void>) => use(undefined as never, ""),
  } as unknown as LoadRun;
  const rows: number[] = [];
  for (let step = 0; step < 12; step++) {
    rows.push(pace.rows);
    await pace.step(run, async () => void (now += workMs));
  }
  return rows;
}

describe("the steps of a load", () => {
  it("are small beside annotators, the slower the smaller", async () => {
    expect((await rowsOf("annotators", 20)).at(-1)).toBe(32);
    expect((await rowsOf("annotators", 1)).at(-1)).toBe(2048);
  });

  it("are moderate where others may be at work", async () => {
    expect((await rowsOf("perhaps", 5000)).at(-1)).toBe(1024);
    expect((await rowsOf("perhaps", 1)).at(-1)).toBe(2048);
  });

  it("stay large where nobody is, however slow the machine, so that a large file writes in proportion", async () => {
    expect(new Set(await rowsOf("nobody", 9000))).toEqual(new Set([8192]));
    expect(new Set(await rowsOf("nobody", 1))).toEqual(new Set([8192]));
  });
});
