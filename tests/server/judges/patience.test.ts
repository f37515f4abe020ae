import { describe, expect, it } from "vitest";
import { Budget } from "../../../server/judges/budget.ts";
import { Patience } from "../../../server/judges/patience.ts";

const network = { kind: "network", message: "It cannot be reached.", canComeAgain: false };
const busy = { kind: "rate limited", message: "Too many.", canComeAgain: true };
const useless = { kind: null, message: "Nothing was written.", canComeAgain: false };

describe("a run's patience", () => {
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
    expect(patience.learn(network, 12)).toContain("Call after call came to nothing");
  });

  it("ends with thirty useless replies in a row, and begins anew with a good one", () => {
    const patience = new Patience();
    for (let i = 0; i < 29; i++) expect(patience.learn(useless, 0)).toBeNull();
    expect(patience.learn(null, 0)).toBeNull();
    for (let i = 0; i < 29; i++) expect(patience.learn(useless, 0)).toBeNull();
    expect(patience.learn(useless, 0)).toContain("Nothing was written.");
  });
});

describe("a run's budget", () => {
  const limits = { calls: 5, dollars: 1, minutes: null };
  const budget = () => new Budget(limits, { startedAt: 0, expected: 0 });

  it("keeps free what those under way cost at the most", () => {
    const one = { calls: 2, nanodollars: 0.6e9 };
    const spent = budget();
    expect(spent.spent(0, one)).toBeNull();
    spent.sending(one);
    expect(spent.spent(0, one)).toBe("wait");
    spent.paid(0.1e9, { sent: one, calls: 2 });
    expect([spent.spent(0, one), spent.calls, spent.nanodollars]).toEqual([null, 2, 0.1e9]);
    spent.sending(one);
    spent.paid(0.5e9, { sent: one, calls: 1 });
    expect([spent.spent(0, one), spent.calls]).toEqual(["budget spent", 3]);
  });

  it("begins nothing that takes more calls than are left", () => {
    const spent = budget();
    spent.sending({ calls: 3, nanodollars: null });
    expect(spent.spent(0, { calls: 3, nanodollars: null })).toBe("calls spent");
    expect(spent.spent(0, { calls: 2, nanodollars: 0 })).toBeNull();
  });
});
