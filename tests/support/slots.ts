import { expect } from "vitest";
import type { Database } from "../../server/storage/database.ts";
import type { Sent } from "./annotator-client.ts";

/** Compares what clients saw acknowledged with what the database holds, and checks every slot. */
export async function expectNothingLost(database: Database, sent: readonly Sent[]): Promise<void> {
  const judgments = await database.read(({ db }) =>
    db
      .selectFrom("judgment as j")
      .innerJoin("assignment as a", "a.id", "j.assignment_id")
      .select(["a.token", "j.request_key", "j.choice", "j.revision"])
      .execute(),
  );
  const held = judgments.map((row) => `${row.token} ${row.request_key} ${row.choice}`);
  expect(new Set(held).size).toBe(held.length);
  const acknowledged = sent.filter((one) => one.acknowledged).map(({ request }) => lineOf(request));
  const missing = acknowledged.filter((line) => !held.includes(line));
  expect(missing).toEqual([]);
  const known = new Set(sent.map(({ request }) => lineOf(request)));
  expect(held.filter((line) => !known.has(line))).toEqual([]);
  await expectSlotsWhole(database);
}

const lineOf = (request: Sent["request"]): string =>
  `${request.assignment} ${request.requestKey} ${request.choice}`;

/** At most one live assignment and one counted judgment a slot, and the slot's holder is one that was judged. */
export async function expectSlotsWhole(database: Database): Promise<void> {
  const { slots, live, counted } = await database.read(async ({ db }) => ({
    slots: await db.selectFrom("slot").select(["id", "counted_assignment_id"]).execute(),
    live: await db.selectFrom("assignment").select("slot_id").where("ended_at", "is", null).execute(),
    counted: await db
      .selectFrom("counted_judgment as c")
      .innerJoin("assignment as a", "a.id", "c.assignment_id")
      .select(["a.slot_id", "a.id"])
      .execute(),
  }));
  const liveSlots = live.map((row) => row.slot_id);
  expect(new Set(liveSlots).size).toBe(liveSlots.length);
  const countedSlots = counted.map((row) => row.slot_id);
  expect(new Set(countedSlots).size).toBe(countedSlots.length);
  const holders = slots.flatMap((slot) =>
    slot.counted_assignment_id === null ? [] : [slot.counted_assignment_id],
  );
  expect(counted.map((row) => row.id).sort((a, b) => a - b)).toEqual(holders.sort((a, b) => a - b));
}
