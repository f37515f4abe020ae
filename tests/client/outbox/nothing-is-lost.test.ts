import fc from "fast-check";
import { expect, test } from "vitest";
import type { Choice } from "../../../server/contract/words.ts";
import { SKIP_REASONS } from "../../../server/contract/words.ts";
import { type Answer, earlierShown, shownView } from "../../../client/outbox/held-work.ts";
import { entriesIn, restore } from "../../../client/outbox/kept-records.ts";
import { times } from "../../support/effort.ts";
import { AnnotatorWorld, type Network } from "./annotator-world.ts";

type Click = Answer & {
  readonly requestKey: string;
  readonly assignment: string;
};

type Step =
  | { kind: "choose"; answer: Answer }
  | { kind: "network"; network: Network }
  | { kind: "back" | "forward" | "reload" | "wake" | "pass" | "takeOver" | "forget" | "refuse" | "settle" }
  | { kind: "other device"; choice: Choice };

const choice = fc.constantFrom<Choice>("left", "tie", "right");
const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ choice }) },
  { weight: 1, arbitrary: fc.record({ reason: fc.constantFrom(...SKIP_REASONS) }) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("choose"), answer }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("network"),
      network: fc.constantFrom<Network>("up", "down", "reply lost", "busy", "strange proxy"),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "back",
        "forward",
        "reload",
        "wake",
        "pass",
        "takeOver",
        "forget",
        "refuse",
        "settle",
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("other device"), choice }) },
);

test("whatever happens, every answer is kept until the server has it or has refused it in words", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const world = new AnnotatorWorld(12);
      const clicks: Click[] = [];
      await world.start();
      for (const one of steps) {
        await take(world, one, clicks);
        expectAllAccountedFor(world, clicks);
        expectNothingAskedTwice(world);
      }
      world.network = "up";
      for (let turn = 0; turn < 40; turn++) await world.pass();
      expect(world.judging.held.value.outbox).toEqual([]);
      expect(entriesIn([...world.records])).toEqual([]);
      expectAllAccountedFor(world, clicks);
      expectLatestStands(world, clicks);
    }),
    { numRuns: times(150) },
  );
});

async function take(world: AnnotatorWorld, one: Step, clicks: Click[]): Promise<void> {
  const { judging, server } = world;
  if (one.kind === "choose") return clickOn(world, one.answer, clicks);
  if (one.kind === "network") world.network = one.network;
  else if (one.kind === "other device") server.judgeElsewhere(one.choice);
  else if (one.kind === "reload") await world.reload();
  else if (one.kind === "back") await judging.goBack();
  else if (one.kind === "forward") judging.goForward();
  else if (one.kind === "wake") await judging.wake({ mayReplaceShown: true });
  else if (one.kind === "pass") await world.pass();
  else if (one.kind === "settle") await world.settle();
  else if (one.kind === "takeOver") server.takeOver();
  else if (one.kind === "forget") server.forget();
  else server.refuseNext();
}

/** Clicks, and looks at what has changed before anything else can run. */
function clickOn({ judging }: AnnotatorWorld, answer: Answer, clicks: Click[]): void {
  const before = judging.held.value;
  const shown = shownView(before);
  const corrected = earlierShown(before);
  if (answer.choice === undefined) judging.skip(answer.reason, 1000);
  else judging.choose(answer.choice, 1000);
  const after = judging.held.value;
  const added = after.outbox.filter((entry) => !before.outbox.includes(entry));
  const isSame = corrected?.choice === answer.choice && corrected?.reason === answer.reason;
  if (!shown || (corrected && isSame)) {
    expect(added).toEqual([]);
    return;
  }
  expect(added).toMatchObject([{ assignment: shown.assignment, ...answer, first: corrected === null }]);
  expect(after.back).toBe(0);
  expect(shownView(after)?.assignment).not.toBe(shown.assignment);
  clicks.push({ requestKey: added[0]?.requestKey ?? "", assignment: shown.assignment, ...answer });
}

/**
 * Each click is in the storage, or written down by the server once, or shown as refused; of a pair that was answered
 * elsewhere, the last click that differs is offered.
 */
function expectAllAccountedFor({ records, server }: AnnotatorWorld, clicks: Click[]): void {
  const kept = restore([...records]);
  for (const click of clicks) {
    const written = server.judgments.filter((one) => one.requestKey === click.requestKey);
    expect(written.length).toBeLessThanOrEqual(1);
    if (written[0]) expect(written[0]).toEqual(click);
    const waits = kept.outbox.some((entry) => entry.requestKey === click.requestKey);
    const refused = kept.refusals.some((refusal) => refusal.requestKey === click.requestKey);
    expect(waits || refused || written.length === 1 || server.stood.has(click.assignment)).toBe(true);
  }
}

/** No pair whose answer is on its way waits to be judged. */
function expectNothingAskedTwice({ judging }: AnnotatorWorld): void {
  const { buffer, outbox } = judging.held.value;
  const tokens = buffer.map((view) => view.assignment);
  expect(new Set(tokens).size).toBe(tokens.length);
  expect(tokens.filter((token) => outbox.some((entry) => entry.assignment === token))).toEqual([]);
}

/** Of several answers of this browser to one pair, the server has the last one last. */
function expectLatestStands({ server }: AnnotatorWorld, clicks: Click[]): void {
  const written = server.judgments.filter((one) =>
    clicks.some((click) => click.requestKey === one.requestKey),
  );
  for (const { assignment } of clicks) {
    const order = (list: readonly Click[]) =>
      list.filter((one) => one.assignment === assignment).map((one) => one.requestKey);
    const arrived = order(written);
    expect(arrived).toEqual(order(clicks).filter((key) => arrived.includes(key)));
  }
}
