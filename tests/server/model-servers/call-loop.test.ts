import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { BackOff } from "../../../server/model-servers/back-off.ts";
import { Budget } from "../../../server/model-servers/budget.ts";
import type { LoopWanted, Made } from "../../../server/model-servers/call-job.ts";
import { CallLoop } from "../../../server/model-servers/call-loop.ts";

const DONE: Made = { calls: 1, nanodollars: null, failure: null, fatal: null };
const CONTEXT = { clock: () => new Date() } as Context;
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

/** A loop over the numbers from 0 to `count` − 1, of which so many are taken at once as are wanted. */
function loopOver(count: number, given: Partial<LoopWanted<number>> = {}, concurrency = 4) {
  let next = 0;
  const letGo: number[] = [];
  const loop = new CallLoop<number>(CONTEXT, {
    limits: { calls: null, dollars: null, minutes: null, concurrency },
    outlayOf: () => ({ calls: 1, nanodollars: 0 }),
    backOff: new BackOff({ random: () => 0.5 }),
    stop: new AbortController().signal,
    take: async (want) => {
      const jobs = Array.from({ length: Math.min(want, count - next) }, () => next++);
      return { jobs, more: jobs.length > 0 ? "now" : "none" };
    },
    make: async () => DONE,
    letGo: async (jobs) => void letGo.push(...jobs),
    sayDone: () => "done",
    sayWhere: () => "",
    onWait: () => undefined,
    ...given,
  });
  return { loop, letGo };
}

describe("the loop of calls", () => {
  it("does every job once, never more at once than there are places", async () => {
    const made: number[] = [];
    let [underWay, most] = [0, 0];
    const make = async (job: number) => {
      most = Math.max(most, ++underWay);
      await turn();
      underWay--;
      made.push(job);
      return DONE;
    };
    const { loop, letGo } = loopOver(50, { make });
    expect(await loop.run()).toEqual({ ending: "done", said: "done" });
    expect(made.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(most).toBe(4);
    expect(letGo).toEqual([]);
  });

  it("begins others while what came of a job is written, and ends when all is", async () => {
    let written = 0;
    let mostUnwritten = 0;
    let made = 0;
    const make = async (): Promise<Made> => {
      mostUnwritten = Math.max(mostUnwritten, ++made - written);
      return { ...DONE, written: turn().then(() => void written++) };
    };
    const { loop } = loopOver(40, { make }, 2);
    await loop.run();
    expect(written).toBe(40);
    expect(mostUnwritten).toBeGreaterThan(2);
    expect(mostUnwritten).toBeLessThanOrEqual(3 * 2);
  });

  it("gives a job again that failed, once that is written", async () => {
    const failed: number[] = [];
    let given = false;
    const { loop } = loopOver(0, {
      take: async () => {
        if (!given || failed.length > 0) {
          given = true;
          return { jobs: [failed.pop() ?? 0], more: "now" };
        }
        return { jobs: [], more: "none" };
      },
      make: async () => {
        if (loop.calls >= 3) return DONE;
        const failure = { kind: "network", message: "gone", canComeAgain: true };
        return { ...DONE, failure, written: turn().then(() => void failed.push(0)) };
      },
    });
    expect(await loop.run()).toMatchObject({ ending: "done" });
    expect(loop.calls).toBe(3);
  });

  it.each([
    ["taking", { take: () => Promise.reject(new Error("ours")) }],
    ["making", { make: () => Promise.reject(new Error("ours")) }],
    [
      "writing",
      { make: async () => ({ ...DONE, written: turn().then(() => Promise.reject(new Error("ours"))) }) },
    ],
  ] satisfies [string, Partial<LoopWanted<number>>][])("ends with an error of %s", async (_what, given) => {
    const { loop } = loopOver(1000, given);
    await expect(loop.run()).rejects.toThrow("ours");
    expect(loop.calls).toBeLessThan(1000);
  });

  it("ends with why no call can help, also where a limit was reached before that was known", async () => {
    let made = 0;
    const make = async (): Promise<Made> => {
      made++;
      await turn();
      return { ...DONE, fatal: "No such key." };
    };
    const { loop } = loopOver(10, {
      make,
      limits: { calls: 2, dollars: null, minutes: null, concurrency: 4 },
    });
    expect(await loop.run()).toEqual({ ending: "gave up", said: "No such key." });
    expect(made).toBe(2);
  });

  it("leaves no other waiting for what a job held back of a shared budget and never settled", async () => {
    const limits = { calls: null, dollars: 1e-6, minutes: null };
    const sharedBudget = new Budget(limits, Date.now());
    const given = { sharedBudget, outlayOf: () => ({ calls: 1, nanodollars: 400 }) };
    const broken = loopOver(9, {
      ...given,
      make: () => turn().then(() => Promise.reject(new Error("ours"))),
    });
    const other = loopOver(9, { ...given, make: async () => ({ ...DONE, nanodollars: 100 }) });
    const [died, ended] = await Promise.allSettled([broken.loop.run(), other.loop.run()]);
    expect(died.status).toBe("rejected");
    expect(ended).toMatchObject({ value: { ending: "budget spent" } });
    expect(sharedBudget.nanodollars).toBe(700); // the most that the broken one may have cost, and three of the other
  });

  it("lets go of what it took and never began", async () => {
    const stop = new AbortController();
    let taken = 0;
    const take = async (want: number) => {
      const jobs = Array.from({ length: want }, () => taken++);
      return { jobs, more: "now" as const };
    };
    const make = async () => {
      while (taken <= loop.calls) await turn(); // until one waits
      stop.abort();
      return DONE;
    };
    const { loop, letGo } = loopOver(0, { take, make, stop: stop.signal });
    expect(await loop.run()).toMatchObject({ ending: "stopped" });
    expect(letGo.length).toBeGreaterThan(0);
    expect(loop.calls + letGo.length).toBe(taken);
    expect(taken).toBeLessThanOrEqual(8);
  });
});
