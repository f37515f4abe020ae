import { describe, expect, it } from "vitest";
import {
  addressOfLook,
  addressOfResults,
  lookFrom,
  queryOf,
} from "../../../../client/pages/results/judged/look.ts";
import { chosen, inBothOrders, preferred } from "../../../../client/pages/results/judged/said.ts";

const PLACE = { pathname: "/results", search: "?group=crowd&field=source", hash: "#share" };
const LOOK = { system: "a&b", against: "c", group: "gpt", outcome: "loss" as const, annotator: "é" };

describe("what is looked at", () => {
  it("stands in the address beside the page's own choices, comes back from it, and goes without a trace", () => {
    const address = new URL(addressOfLook(LOOK, PLACE), "http://x");
    expect(address.hash).toBe("#share");
    expect(address.searchParams.get("group")).toBe("crowd");
    expect(lookFrom(address.search)).toEqual(LOOK);
    const place = { pathname: address.pathname, search: address.search, hash: address.hash };
    expect(addressOfResults(place)).toBe("/results?group=crowd&field=source#share");
  });

  it("is nothing without its mark, and only what can be said", () => {
    expect(lookFrom("?system=a&against=b")).toBeNull();
    expect(lookFrom("?judgments&outcome=maybe&prompt=&sort=best&only=none&everyone=no")).toEqual({});
    expect(lookFrom("?judgments&sort=models&only=open&everyone=yes&text=a+b")).toEqual({
      ...{ sort: "models", mark: "open", everyone: "yes", text: "a b" },
    });
  });

  it("is asked of the server by its own names", () => {
    expect(queryOf({ group: "gpt", outcome: undefined }, "0")).toBe("group=gpt");
    expect(queryOf({ prompt: "p 1" }, "7")).toBe("prompt=p+1&after=7");
  });
});

describe("what a judgment says", () => {
  const sides = { system: "a", against: "b" };
  it("is a system or none", () => {
    expect(preferred({ outcome: "win" }, sides)).toBe("a");
    expect(preferred({ outcome: "loss" }, sides)).toBe("b");
    expect(preferred({ outcome: "tie" }, sides)).toBeNull();
    expect(chosen("right", "b", sides)).toBe("a");
    expect(chosen("left", "b", sides)).toBe("b");
    expect(chosen("both_bad", "b", sides)).toBeNull();
  });

  it("of two orders is told for each with the sides that it had", () => {
    const judgment = { choice: "left", left: "a", otherOrder: "left" } as Parameters<typeof inBothOrders>[0];
    expect(inBothOrders(judgment, sides)).toEqual(["a", "b"]);
    expect(inBothOrders({ ...judgment, otherOrder: null }, sides)).toBeNull();
  });
});
