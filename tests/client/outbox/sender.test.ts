import { beforeEach, describe, expect, test } from "vitest";
import type { JudgmentReply, JudgmentRequest, Work, WorkRequest } from "../../../server/contract/judging.ts";
import type { Ending } from "../../../client/api/request.ts";
import { choose, goBack, type HeldWork, NOTHING_HELD } from "../../../client/outbox/held-work.ts";
import { receiveSheet, receiveWork } from "../../../client/outbox/receive.ts";
import { Sender, type Way } from "../../../client/outbox/sender.ts";
import { SHEET, SmallServer } from "./annotator-world.ts";

let server: SmallServer;
let held: HeldWork;
let ways: Way[];
let judgments: JudgmentRequest[];
let asked: WorkRequest[];
let answer: (request: JudgmentRequest) => Ending<JudgmentReply>;
let work: () => Ending<Work>;
let sender: Sender;

beforeEach(() => {
  server = new SmallServer(6);
  held = receiveWork(receiveSheet(NOTHING_HELD, SHEET), server.work([]));
  [ways, judgments, asked] = [[], [], []];
  answer = (request) => server.record(request);
  work = () => ({ kind: "ok", reply: server.work([]) });
  sender = new Sender({
    read: () => held,
    change: (step) => (held = step(held)),
    tell: (way) => ways.push(way),
    sendJudgment: async (request) => (judgments.push(request), answer(request)),
    sendSkip: async (request) => server.skip(request),
    askForWork: async (request) => (asked.push(request), work()),
  });
});

const judge = (count: number) => {
  for (let index = 0; index < count; index++) {
    const requestKey = `request-key-${held.outbox.length}-${held.earlier.length}`;
    held = choose(held, { choice: "left", activeMs: 5, requestKey });
  }
};

const refusal = (status: number, error: string) =>
  ({ kind: "refused", status, error, message: "No." }) as const;

describe("sending", () => {
  test("sends the oldest first, one a step, and then rests until the leases are to be renewed", async () => {
    judge(2);
    expect(await sender.step({ ask: false })).toEqual({ afterMs: 0, ask: false });
    expect(await sender.step({ ask: false })).toEqual({ afterMs: 600_000, ask: true });
    expect(judgments.map((one) => one.assignment)).toEqual(
      server.views.slice(0, 2).map((one) => one.assignment),
    );
    expect(judgments[0]).toMatchObject({ choice: "left", activeMs: 5, language: "en" });
  });

  test("says what it holds, so that no text is sent twice, and never more than the contract allows", async () => {
    judge(1);
    const tokens = [...held.buffer.map((view) => view.assignment), server.views[0]?.assignment];
    await sender.step({ ask: false });
    expect(judgments[0]?.holding).toEqual(tokens);
    held = { ...held, buffer: new SmallServer(90).views };
    await sender.step({ ask: true });
    expect(asked[0]?.holding).toHaveLength(64);
  });

  test("a retry has the same key and the same answer", async () => {
    judge(1);
    answer = () => ({ kind: "unreachable" });
    await sender.step({ ask: false });
    await sender.step({ ask: false });
    expect(judgments[1]?.requestKey).toBe(judgments[0]?.requestKey);
    expect(judgments[1]?.choice).toBe(judgments[0]?.choice);
    expect(held.outbox).toHaveLength(1);
  });

  test.each([
    [400, "RequestWrong"],
    [404, "AssignmentNotFound"],
    [409, "JudgmentConflict"],
  ])("a final %i %s leaves the outbox and is told", async (status, error) => {
    judge(1);
    answer = () => refusal(status, error);
    expect(await sender.step({ ask: false })).toEqual({ afterMs: 0, ask: true });
    expect(held.outbox).toEqual([]);
    expect(held.refusals).toEqual([{ requestKey: judgments[0]?.requestKey, message: "No." }]);
    expect(held.earlier).toEqual([]);
  });

  test("a change that comes after the end leaves the outbox, and is told as a change", async () => {
    judge(1);
    await sender.step({ ask: false });
    held = choose(goBack(held), { choice: "right", activeMs: 5, requestKey: "request-key-change" });
    answer = () => refusal(409, "JudgmentFinal");
    expect(await sender.step({ ask: false })).toEqual({ afterMs: 0, ask: true });
    expect(held.outbox).toEqual([]);
    expect(held.refusals).toEqual([{ requestKey: "request-key-change", message: "No.", isChange: true }]);
  });

  test("whose part is over keeps no pair, not even the one on the screen, and asks again in a while", async () => {
    judge(1);
    held = goBack(held);
    const over = { ...server.work([]), state: "ended" as const, buffer: [], assignments: [] };
    answer = () => ({ kind: "ok", reply: { accepted: true, surplus: false, work: over } });
    expect(await sender.step({ ask: false })).toEqual({ afterMs: 600_000, ask: true });
    expect([held.buffer, held.outbox, held.back, held.state]).toEqual([[], [], 0, "ended"]);
  });

  test.each([
    [400, ""],
    [404, "NotFound"],
    [403, "OriginUnknown"],
    [429, "TooManyRequests"],
    [500, "InternalError"],
    [503, ""],
  ])("a %i %s is tried again: it may be a proxy's, or pass", async (status, error) => {
    judge(1);
    answer = () => refusal(status, error);
    expect(await sender.step({ ask: false })).toEqual({ afterMs: 1000, ask: false });
    expect(held.outbox).toHaveLength(1);
    expect(held.refusals).toEqual([]);
    expect(ways.at(-1)).toBe("away");
  });

  test("something that is JSON but no acceptance is not taken for one", async () => {
    judge(1);
    answer = () => ({ kind: "ok", reply: { hello: "captive portal" } as unknown as JudgmentReply });
    await sender.step({ ask: false });
    expect(held.outbox).toHaveLength(1);
  });

  test("an answer the server stumbles over holds up no other pair's, but its own corrections", async () => {
    judge(2);
    held = choose({ ...held, back: 2 }, { choice: "right", activeMs: 5, requestKey: "correction-of-first" });
    const [first, second] = server.views;
    answer = (request) =>
      request.assignment === first?.assignment ? refusal(500, "X") : server.record(request);
    for (let step = 0; step < 4; step++) await sender.step({ ask: false });
    expect(server.judgments.map((one) => one.assignment)).toEqual([second?.assignment]);
    expect(judgments.map((one) => one.requestKey)).not.toContain("correction-of-first");
    expect(held.outbox).toHaveLength(2);
  });

  test.each([
    ["is not valid any more", "LinkNotValid", "gone"],
    ["was taken back", "LinkRevoked", "revoked"],
  ])("stops where the link %s, and keeps the answers", async (_, error, way) => {
    judge(1);
    answer = () => refusal(401, error);
    expect(await sender.step({ ask: false })).toBeNull();
    expect(ways).toEqual([way]);
    expect(held.outbox).toHaveLength(1);
  });

  test("waits longer after each failure, a network's less long than a server's", async () => {
    judge(1);
    const waits = async (ending: Ending<JudgmentReply>) => {
      answer = () => ending;
      const all: (number | undefined)[] = [];
      for (let step = 0; step < 7; step++) all.push((await sender.step({ ask: false }))?.afterMs);
      return all;
    };
    expect(await waits({ kind: "unreachable" })).toEqual([1000, 2000, 4000, 8000, 8000, 8000, 8000]);
    expect(ways.at(-1)).toBe("offline");
    expect((await waits(refusal(500, "X"))).at(-1)).toBe(30_000);
  });

  test("asks again when the server says so", async () => {
    held = { ...held, buffer: [] };
    work = () => ({
      kind: "ok",
      reply: { ...server.work([]), state: "wait", buffer: [], assignments: [], askAgainSeconds: 15 },
    });
    expect(await sender.step({ ask: true })).toEqual({ afterMs: 15_000, ask: true });
    expect(held.state).toBe("wait");
  });
});
