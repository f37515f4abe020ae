import { describe, expect, it } from "vitest";
import { endOf } from "../../../server/participants/end-of-part.ts";
import { actionOf } from "../../../server/participants/payments.ts";

type Facts = Parameters<typeof endOf>[0];

const WORKING: Facts = {
  ...{ judged: 3, skipped: 0, whole: 10, isAsked: true, isAnythingLeft: true, written: null },
  ...{
    hasStopped: false,
    isLeftOut: false,
    isEnded: false,
    isLinkRevoked: false,
    isTimeOver: false,
    isStudyClosed: false,
  },
  entryEnd: null,
};

/** Every combination of what decides. */
function* allFacts(): Generator<Facts> {
  const both = [false, true];
  for (const judged of [0, 1, 9, 10])
    for (const skipped of [0, 1, 10])
      for (const isAsked of both)
        for (const isAnythingLeft of both)
          for (const hasStopped of both)
            for (const isLeftOut of both)
              for (const isEnded of both)
                for (const isLinkRevoked of both)
                  for (const isTimeOver of both)
                    for (const isStudyClosed of both)
                      for (const written of [null, "completed", "no_work"] as const)
                        for (const entryEnd of [null, "no_consent", "screened_out"] as const)
                          yield {
                            ...{ judged, skipped, whole: 10, isAsked, isAnythingLeft, hasStopped, written },
                            ...{ isLeftOut, isEnded, isLinkRevoked, isTimeOver, isStudyClosed, entryEnd },
                          };
}

describe("the end of a part", () => {
  it("stays what it was written to be for whoever is left out afterwards, and so does the pay", () => {
    for (const facts of allFacts()) {
      const { written } = facts;
      if (written === null) continue;
      const before = endOf({ ...facts, isLeftOut: false });
      const after = endOf({ ...facts, isLeftOut: true });
      expect([written, before], JSON.stringify(facts)).toContain(after);
    }
    expect(endOf({ ...WORKING, judged: 0, entryEnd: "screened_out", hasStopped: true })).toBe("screened_out");
  });

  it.each<[string, Partial<Facts>, ReturnType<typeof endOf>]>([
    ["is open while something can be handed out", {}, null],
    ["is complete with what is asked", { judged: 10 }, "completed"],
    ["stays complete", { written: "completed", isLeftOut: true, isStudyClosed: true }, "completed"],
    ["is complete once all was judged or looked at", { skipped: 7, isAnythingLeft: false }, "completed"],
    ["goes on after pairs that could not be judged, as long as others are there", { skipped: 7 }, null],
    ["is not complete where less than was asked was there for it", { isAnythingLeft: false }, "no_work"],
    [
      "is complete without a number once nothing is left",
      { isAsked: false, isAnythingLeft: false },
      "completed",
    ],
    ["comes with the end of the study", { isStudyClosed: true }, "no_work"],
    ["comes by stopping", { hasStopped: true }, "stopped"],
    ["comes by exclusion", { isLeftOut: true }, "ended"],
    ["comes by a person's decision", { isEnded: true }, "ended"],
    ["stays complete after that decision", { judged: 10, isEnded: true }, "completed"],
    ["comes by a revoked link", { isLinkRevoked: true }, "ended"],
    ["comes with the end of the time", { isTimeOver: true }, "timed_out"],
    ["comes before the first pair", { judged: 0, entryEnd: "screened_out" }, "screened_out"],
    ["comes by refusing", { judged: 0, entryEnd: "no_consent" }, "no_consent"],
    ["comes by refusing a new version after pairs were judged", { entryEnd: "no_consent" }, "stopped"],
    ["stays complete for who refuses a new version", { judged: 10, entryEnd: "no_consent" }, "completed"],
    ["is no work for who was given nothing", { judged: 0, isAnythingLeft: false, isAsked: false }, "no_work"],
    ["is no work in an empty study", { judged: 0, whole: 0, isAnythingLeft: false }, "no_work"],
  ])("%s", (_, facts, finish) => {
    expect(endOf({ ...WORKING, ...facts })).toBe(finish);
  });

  it("leaves no other ground for keeping pay back than that something can still be handed out", () => {
    for (const facts of allFacts()) {
      const { judged, skipped, isAsked } = facts;
      const done = judged + skipped;
      const finish = endOf(facts);
      const action = actionOf(finish, done);
      const isOver =
        facts.hasStopped ||
        facts.isLeftOut ||
        facts.isEnded ||
        facts.isLinkRevoked ||
        facts.isTimeOver ||
        facts.isStudyClosed ||
        facts.entryEnd !== null;
      const named = JSON.stringify(facts);
      if (action === "wait") expect([facts.isAnythingLeft, isOver], named).toEqual([true, false]);
      else if (done > 0) expect(["approve", "pay the part done"], named).toContain(action);
      if (isAsked && judged >= 10) expect(action, named).toBe("approve");
      for (const taken of [{ isLeftOut: true }, { isLeftOut: false }, { isEnded: true }])
        if (isAsked && judged >= 10)
          expect(endOf({ ...facts, ...taken }), "nothing is taken away").toBe("completed");
    }
  });
});
