import { describe, expect, test } from "vitest";
import {
  addEarlier,
  choose,
  dismissRefusals,
  earlierShown,
  goBack,
  goForward,
  type HeldWork,
  judgedElsewhere,
  keepDraft,
  keepStanding,
  NOTHING_HELD,
  progressNow,
  shownView,
  useInstead,
} from "../../../client/outbox/held-work.ts";
import { changesBetween, restore } from "../../../client/outbox/kept-records.ts";
import { acceptEntry, receiveSheet, receiveWork } from "../../../client/outbox/receive.ts";
import { SHEET, SmallServer, viewNumber } from "./annotator-world.ts";

const server = () => new SmallServer(10);
const opened = (from = server()) => receiveWork(receiveSheet(NOTHING_HELD, SHEET), from.work([]));
const click = (requestKey: string, choice: "left" | "tie" | "right" = "left") => ({
  requestKey,
  choice,
  activeMs: 1,
});
const token = (index: number) => viewNumber(index).assignment;

describe("choosing", () => {
  test("shows the next pair and counts the answer before it is saved", () => {
    const held = choose(opened(), click("k1"));
    expect(shownView(held)?.assignment).toBe(token(1));
    expect(progressNow(held)).toEqual({ judged: 1, of: 10 });
  });

  test("does nothing where there is no pair", () => {
    expect(choose(NOTHING_HELD, click("k1"))).toBe(NOTHING_HELD);
  });

  test("a correction goes out as a judgment of its own, moves no progress and leads back to the newest", () => {
    const held = choose(goBack(choose(opened(), click("k1"))), click("k2", "right"));
    expect(held.outbox.map(({ requestKey, first }) => [requestKey, first])).toEqual([
      ["k1", true],
      ["k2", false],
    ]);
    expect(progressNow(held)?.judged).toBe(1);
    expect(held.earlier).toMatchObject([{ choice: "right" }]);
    expect(shownView(held)?.assignment).toBe(token(1));
  });

  test("the same answer again is no correction", () => {
    const before = choose(opened(), click("k1"));
    const held = choose(goBack(before), click("k2", "left"));
    expect(held.outbox).toEqual(before.outbox);
    expect(held.back).toBe(0);
  });
});

describe("what is begun and not sent", () => {
  const begun = () =>
    keepDraft(keepDraft(opened(), token(0), { comment: "Both do." }), "message", { text: "Hello?" });
  const reloaded = (held: HeldWork) => restore(changesBetween(NOTHING_HELD, held).put);

  test("is kept until it is sent", () => {
    expect(reloaded(begun()).drafts).toEqual({
      [token(0)]: { comment: "Both do." },
      message: { text: "Hello?" },
    });
    expect(choose(begun(), click("k1")).drafts).toEqual({ message: { text: "Hello?" } });
    const before = begun();
    const sent = keepDraft(before, "message", undefined);
    expect(changesBetween(before, sent)).toEqual({ put: [], remove: ["draft:message"] });
  });

  test("on a pair that goes to somebody else is dropped with it, and only that", () => {
    const from = server();
    const work = { ...from.work([]), buffer: [token(1)] };
    const held = receiveWork(begun(), work, { mayReplaceShown: true });
    expect(held.drafts).toEqual({ message: { text: "Hello?" } });
    expect(receiveWork(begun(), from.work([])).drafts).toEqual(begun().drafts);
  });
});

describe("a pair that cannot be judged", () => {
  const skip = (requestKey: string, reason: "language" | "other" = "language") => ({
    ...{ requestKey, reason, activeMs: 1 },
  });

  test("gives way to the next one and is no judgment in the progress", () => {
    const held = choose(opened(), skip("k1"));
    expect(held.outbox).toMatchObject([{ reason: "language", assignment: token(0), first: true }]);
    expect(shownView(held)?.assignment).toBe(token(1));
    expect(progressNow(held)).toEqual({ judged: 0, of: 10 });
  });

  test("can be looked at again, given another reason or judged; the same reason again is not sent", () => {
    const before = choose(opened(), skip("k1"));
    expect(earlierShown(goBack(before))).toMatchObject({ reason: "language" });
    expect(choose(goBack(before), skip("k2")).outbox).toEqual(before.outbox);
    expect(choose(goBack(before), skip("k3", "other")).outbox.at(-1)).toMatchObject({ reason: "other" });
    const judged = choose(goBack(before), click("k4", "tie"));
    expect(judged.outbox.at(-1)).toMatchObject({ choice: "tie", first: false });
    expect(earlierShown(goBack(judged))).toEqual({ view: viewNumber(0), choice: "tie" });
  });

  test("is kept in the browser like any answer", () => {
    const held = choose(opened(), skip("k1"));
    expect(restore(changesBetween(NOTHING_HELD, held).put)).toEqual(held);
  });
});

describe("looking back", () => {
  test("goes back one pair at a time, not further than there is, and on again", () => {
    const held = choose(choose(opened(), click("k1")), click("k2"));
    expect(shownView(goBack(held))?.assignment).toBe(token(1));
    expect(shownView(goBack(goBack(goBack(held))))?.assignment).toBe(token(0));
    expect(shownView(goForward(goBack(held)))?.assignment).toBe(token(2));
    expect(shownView(goForward(held))?.assignment).toBe(token(2));
  });

  test("a pair that the server remembers comes before all others", () => {
    const held = addEarlier(choose(opened(), click("k1")), { view: viewNumber(9), choice: "tie" });
    expect(shownView(held)?.assignment).toBe(token(9));
    expect(shownView(goForward(held))?.assignment).toBe(token(0));
  });
});

describe("the server's word", () => {
  test("leaves the pair on the screen where it is", () => {
    const from = server();
    const held = opened(from);
    from.takeOver();
    expect(shownView(receiveWork(held, from.work([])))?.assignment).toBe(token(0));
  });

  test("replaces it when somebody comes back to the page", () => {
    const from = server();
    const held = opened(from);
    from.takeOver();
    const after = receiveWork(held, from.work([]), { mayReplaceShown: true });
    expect(shownView(after)?.assignment).toBe(token(1));
  });

  test("tells when a pair had been taken over, until the next choice", () => {
    const from = server();
    const held = choose(opened(from), click("k1"));
    const after = acceptEntry(held, "k1", { surplus: true, work: from.work([]) });
    expect(after.takenOver).toBe(true);
    expect(choose(after, click("k2")).takenOver).toBe(false);
  });

  test("leaves an answer that was given elsewhere, and offers the last one given here as a change", () => {
    const from = server();
    const twice = choose(goBack(choose(opened(from), click("k1"))), click("k2", "tie"));
    const standing = { choice: "right" } as const;
    const told = acceptEntry(twice, "k1", { surplus: false, standing, work: from.work([]) });
    expect(told.outbox).toEqual([]);
    expect(told.earlier).toMatchObject([{ view: { assignment: token(0) }, choice: "right" }]);
    expect(told.refusals).toMatchObject([
      { requestKey: "k2", instead: { standing, entry: { choice: "tie" } } },
    ]);
    expect(dismissRefusals(told).refusals).toHaveLength(1);
    expect(keepStanding(told, "k2")).toMatchObject({ refusals: [], outbox: [] });
    const changed = useInstead(told, "k2", "k3");
    expect(changed.outbox).toMatchObject([{ requestKey: "k3", choice: "tie", first: false }]);
    expect(changed).toMatchObject({ refusals: [], earlier: [{ choice: "tie" }] });
    expect(useInstead(changed, "k2", "k4")).toBe(changed);
  });

  test("only notes where the answer given elsewhere is the same", () => {
    const from = server();
    const held = choose(opened(from), click("k1", "tie"));
    const reply = { surplus: false, standing: { choice: "tie" } as const, work: from.work([]) };
    expect(acceptEntry(held, "k1", reply)).toMatchObject({ refusals: [], answeredElsewhere: true });
  });

  test("offers what was remarked here, also with the same choice as elsewhere", () => {
    const from = server();
    const held = choose(opened(from), { ...click("k1", "tie"), comment: "Both miss the point." });
    const reply = { surplus: false, standing: { choice: "tie" } as const, work: from.work([]) };
    const after = acceptEntry(held, "k1", reply);
    expect(after).toMatchObject({ outbox: [], answeredElsewhere: false });
    expect(useInstead(after, "k1", "k2").outbox).toMatchObject([
      { requestKey: "k2", choice: "tie", comment: "Both miss the point.", first: false },
    ]);
  });

  test("notes that the pair on the screen was answered elsewhere, once it has gone", () => {
    const from = server();
    const held = opened(from);
    from.judgeElsewhere("left");
    const holding = held.buffer.map((view) => view.assignment);
    expect(receiveWork(held, from.work(holding)).answeredElsewhere).toBe(false);
    const back = receiveWork(held, from.work(holding), { mayReplaceShown: true });
    expect(back.answeredElsewhere).toBe(true);
    expect(choose(back, click("k1")).answeredElsewhere).toBe(false);
    from.takeOver();
    const taken = receiveWork(held, from.work([]), { mayReplaceShown: true });
    expect(taken.answeredElsewhere).toBe(false);
  });

  test("does not bring back what another tab judged, even in a reply from before", () => {
    const from = server();
    const stale = from.work([]);
    const held = receiveWork(judgedElsewhere(opened(from), token(0)), stale);
    expect(held.buffer.map((view) => view.assignment)).toEqual([token(1), token(2), token(3)]);
  });
});

describe("what the browser keeps", () => {
  test("gives back what was held, whatever the order of the records", () => {
    const held = choose(choose(opened(), click("k1")), click("k2", "tie"));
    const records = changesBetween(NOTHING_HELD, held).put;
    expect(restore([...records].reverse())).toEqual(held);
  });

  test("writes only what changed: no text twice, and removes what is not held any more", () => {
    const from = server();
    const before = choose(opened(from), click("k1"));
    from.judgeElsewhere("left");
    const work = from.work(from.live.map((view) => view.assignment));
    const { put, remove } = changesBetween(before, acceptEntry(before, "k1", { surplus: false, work }));
    expect(put.map(([key]) => key)).toEqual(["desk"]);
    expect(remove).toEqual(["entry:k1"]);
  });

  test("keeps answers even where everything else is of another version", () => {
    const records = changesBetween(NOTHING_HELD, choose(opened(), click("k1"))).put;
    const old = records.map(([key, value]) => [key, key === "desk" ? { version: 0 } : value] as const);
    const held = restore(old);
    expect(held.outbox).toHaveLength(1);
    expect(held.buffer).toEqual([]);
  });

  test("bounds how many earlier pairs it keeps", () => {
    let held: HeldWork = { ...opened(), buffer: new SmallServer(80).views };
    for (let index = 0; index < 80; index++) held = choose(held, click(`k${index}`));
    expect(held.earlier).toHaveLength(30);
    expect(held.outbox).toHaveLength(80);
  });
});
