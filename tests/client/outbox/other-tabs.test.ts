import { expect, test } from "vitest";
import { NOTHING_HELD, progressNow, shownView } from "../../../client/outbox/held-work.ts";
import { Runner } from "../../../client/outbox/runner.ts";
import { Sender } from "../../../client/outbox/sender.ts";
import { AnnotatorWorld } from "./annotator-world.ts";

test("a tab whose pairs were all judged in another tab asks for more at once", async () => {
  const world = new AnnotatorWorld(12);
  await world.start();
  const mine = world.judging.held.value.buffer.map((view) => view.assignment);
  for (const assignment of mine) {
    world.server.judgeElsewhere("left");
    world.judging.hearTab(assignment);
  }
  await world.settle();
  const shown = shownView(world.judging.held.value)?.assignment;
  expect(shown).toBeDefined();
  expect(mine).not.toContain(shown);
});

test("a tab counts what another tab judged, once, and no more than the server does", async () => {
  const world = new AnnotatorWorld(12);
  await world.start();
  const judged = () => progressNow(world.judging.held.value)?.judged;
  const [first, second] = world.judging.held.value.buffer.map((view) => view.assignment);
  if (first === undefined || second === undefined) throw new Error("no pairs are held");
  world.server.judgeElsewhere("left");
  world.judging.hearTab(first);
  world.judging.hearTab(first);
  expect(judged()).toBe(1);
  world.judging.choose("tie", 1000);
  world.judging.hearTab(second);
  expect(judged()).toBe(2);
  await world.settle();
  expect(judged()).toBe(2);
});

test("a step that goes wrong does not keep the next one from being made", async () => {
  let calls = 0;
  const sender = new Sender({
    read: () => NOTHING_HELD,
    change: () => undefined,
    tell: () => undefined,
    sendJudgment: () => Promise.resolve({ kind: "unreachable" }),
    sendSkip: () => Promise.resolve({ kind: "unreachable" }),
    askForWork: () => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error("wrong")) : Promise.resolve({ kind: "unreachable" });
    },
  });
  const runner = new Runner(sender, { later: () => () => undefined });
  const faults: unknown[] = [];
  const hear = (fault: unknown) => faults.push(fault);
  process.on("unhandledRejection", hear);
  for (let turn = 0; turn < 2; turn++) {
    runner.wake({ ask: true, mayReplaceShown: false });
    await new Promise((resolve) => setImmediate(resolve));
  }
  process.off("unhandledRejection", hear);
  expect(faults).toEqual([new Error("wrong")]);
  expect(calls).toBe(2);
});
