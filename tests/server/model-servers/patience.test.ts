import { describe, expect, it } from "vitest";
import { Budget } from "../../../server/model-servers/budget.ts";
import { Patience } from "../../../server/model-servers/patience.ts";

const network = { kind: "network", message: "It cannot be reached.", canComeAgain: false };
const busy = { kind: "rate limited", message: "Too many.", canComeAgain: true };
const useless = { kind: null, message: "The reply was empty.", canComeAgain: false };

describe("a run's patience", () => {
  it.each(["not understood", "timed out", "cut off", "bad generation"])(
    "ends with thirty that are %s",
    (kind) => {
      const patience = new Patience();
      const failure = { ...useless, kind };
      for (let i = 0; i < 29; i++) expect(patience.learn(failure, 0)).toBeNull();
      expect(patience.learn(failure, 0)).toContain("The reply was empty.");
    },
  );

  it("counts every call of a job, and none of a job that failed before the run", () => {
    const patience = new Patience();
    expect(patience.learn(useless, 0, 29)).toBeNull();
    for (let i = 0; i < 100; i++) expect(patience.learn({ ...useless, isKnown: true }, 0)).toBeNull();
    expect(patience.learn(useless, 0)).not.toBeNull();
  });

  it("ends with ten requests that are refused, where none was ever answered", () => {
    const refused = { ...useless, kind: "bad request" };
    const patience = new Patience();
    for (let i = 0; i < 9; i++) expect(patience.learn(refused, 0)).toBeNull();
    for (let i = 0; i < 99; i++) expect(patience.learn({ ...refused, isKnown: true }, 0)).toBeNull();
    expect(patience.learn(refused, 0)).toBe("The reply was empty.");
    const answered = new Patience();
    answered.learn(null, 0);
    for (let i = 0; i < 29; i++) expect(answered.learn(refused, 0)).toBeNull();
  });

  it("bears as many failures as there are places: one moment can hit them all", () => {
    const patience = new Patience(64);
    for (let i = 0; i < 63; i++) expect(patience.learn(useless, 0)).toBeNull();
    expect(patience.learn(useless, 0)).not.toBeNull();
  });

  it("is short with an address at which nothing was ever reached", () => {
    const patience = new Patience();
    expect(patience.learn(network, 3)).toBeNull();
    expect(patience.end()).toContain("It cannot be reached. Is the server there");
    expect(patience.learn(network, 4)).toContain("its address right?");
  });

  it("is long with a server that was there", () => {
    const patience = new Patience();
    expect(patience.learn(busy, 1)).toBeNull();
    expect(patience.learn(network, 11)).toBeNull();
    expect(patience.end()).toBeNull();
    expect(patience.learn(network, 12)).toContain("Too many calls in a row failed");
  });

  it("ends with thirty useless replies in a row, and begins anew with a good one", () => {
    const patience = new Patience();
    for (let i = 0; i < 29; i++) expect(patience.learn(useless, 0)).toBeNull();
    expect(patience.learn(null, 0)).toBeNull();
    for (let i = 0; i < 29; i++) expect(patience.learn(useless, 0)).toBeNull();
    expect(patience.learn(useless, 0)).toContain("The reply was empty.");
  });
});

describe("a run's budget", () => {
  const limits = { calls: 5, dollars: 1, minutes: null };
  const budget = (over: object = {}) => new Budget({ ...limits, ...over }, 0);
  const job = (dollars: number, calls = 1) => ({ calls, nanodollars: dollars * 1e9 });

  it("holds back what those under way cost at the most", () => {
    const one = job(0.4, 2);
    const spent = budget();
    expect(spent.spent(0, one)).toBeNull();
    spent.reserve(one);
    expect(spent.spent(0, one)).toBe("wait"); // nobody knows yet what a call is billed
    spent.settle(one, { calls: 2, nanodollars: 0.1e9 });
    expect([spent.spent(0, one), spent.calls, spent.nanodollars]).toEqual([null, 2, 0.1e9]);
    spent.reserve(one);
    expect(spent.spent(0, job(0.6))).toBe("wait");
    spent.settle(one, { calls: 1, nanodollars: 0.4e9 });
    expect([spent.spent(0, job(0.6)), spent.calls]).toEqual(["budget spent", 3]);
  });

  it("begins one job at a time until the first bill, and lets that one go on", () => {
    const budget = new Budget({ calls: null, dollars: 1, minutes: null }, 0);
    const one = { calls: 1, nanodollars: 1000 };
    expect(budget.spent(0, one)).toBeNull();
    budget.reserve(one);
    expect(budget.spent(0, one)).toBe("wait");
    expect(budget.spent(0, one, true)).toBeNull();
    budget.extend(one);
    budget.settle({ calls: 2, nanodollars: 2000 }, { calls: 2, nanodollars: 900 });
    expect([budget.spent(0, one), budget.nanodollars]).toEqual([null, 900]);
  });

  it("begins nothing that takes more calls than are left", () => {
    const spent = budget();
    spent.reserve(job(0, 3));
    expect(spent.spent(0, job(0, 3))).toBe("calls spent");
    expect(spent.spent(0, job(0, 2))).toBeNull();
  });

  it("computes higher costs once a call was dearer than it should", () => {
    const spent = budget({ calls: null });
    spent.reserve(job(0.1));
    spent.settle(job(0.1), { calls: 1, nanodollars: 0.2e9 });
    expect(spent.spent(0, job(0.4))).toBeNull();
    expect(spent.spent(0, job(0.41))).toBe("budget spent");
  });

  it("has a deadline", () => {
    const spent = budget({ minutes: 2 });
    expect([spent.deadline, spent.spent(119_999, job(0)), spent.spent(120_000, job(0))]).toEqual([
      ...[120_000, null, "time spent"],
    ]);
  });
});
