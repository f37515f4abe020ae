import fs from "node:fs";
import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import type { Protocol, ProtocolGroup } from "../../../server/contract/studies.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { randomBelow, seededRandom } from "../../../server/statistics/resampling/random.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judge, leaveOut } from "../../support/places.ts";
import { expectSlotsWhole } from "../../support/slots.ts";
import { judgmentOf, type Made, openStudy, plainDesk, skipOf } from "../../support/study.ts";
import { loadInto, newPath } from "../export/export-support.ts";

const TURNS = 6;
const LEASE_MS = 61 * 60_000;

const crowd = (over: Partial<ProtocolGroup>): ProtocolGroup => ({
  ...{ name: "crowd", kind: "crowd", judgments: 1, sharedJudgments: 1, judgmentsPerAnnotator: null },
  ...{ headline: true, ...over },
});

const conversations = (
  context: Context,
  shape: { prompts: number; baselines?: number; annotators: number; protocol?: Partial<Protocol> },
): Promise<Made> =>
  openStudy(context, {
    ...{ baselines: 1, turns: TURNS, ...shape },
    protocol: { turns: "each", ...shape.protocol },
  });

interface Handed {
  readonly conversation: string;
  readonly turn: number;
  readonly purpose: string;
}

/** What each annotator was handed, in order. */
async function handedTo(context: Context): Promise<Handed[][]> {
  const rows = await context.database.read(({ db }) =>
    db
      .selectFrom("assignment as a")
      .innerJoin("comparison as c", "c.id", "a.comparison_id")
      .select(["a.annotator_id as annotator", "a.prompt_id as prompt", "c.turn", "a.purpose"])
      .select(["c.low_system_id as low", "c.high_system_id as high"])
      .orderBy("a.annotator_id")
      .orderBy("a.ordinal")
      .execute(),
  );
  const annotators = [...new Set(rows.map(({ annotator }) => annotator))];
  return annotators.map((id) =>
    rows
      .filter(({ annotator }) => annotator === id)
      .map(({ prompt, low, high, turn, purpose }) => ({
        ...{ conversation: `${prompt}: ${low}, ${high}`, turn, purpose },
      })),
  );
}

/** The turns of each conversation came in order. */
function expectInOrder(handed: readonly Handed[]): void {
  const latest = new Map<string, number>();
  for (const { conversation, turn } of handed) {
    expect(turn).toBeGreaterThan(latest.get(conversation) ?? 0);
    latest.set(conversation, turn);
  }
}

/** The conversations in their order, where each came without another one in between. */
function oneAfterTheOther(handed: readonly Handed[]): string[] {
  const begun = handed.flatMap(({ conversation }, at) =>
    at > 0 && handed[at - 1]!.conversation === conversation ? [] : [conversation],
  );
  expect(new Set(begun).size).toBe(begun.length);
  return begun;
}

describe.each(DATABASES)("conversations that are judged turn by turn, on %s", (kind) => {
  it("come turn after turn, each to its end, in an order of each annotator's own", async () => {
    const context = await testContext(kind);
    const groups = [crowd({ judgments: 3 })];
    const made = await conversations(context, { prompts: 8, annotators: 3, protocol: { groups } });
    for (const annotator of [0, 1, 2]) await judge(made, annotator);
    const handed = await handedTo(context);
    const orders = handed.map((one) => {
      expect(one).toHaveLength(8 * TURNS);
      expectInOrder(one);
      return oneAfterTheOther(one).join(" ");
    });
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it("belong to whoever has begun them, while they hold them", async () => {
    const context = await testContext(kind);
    const made = await conversations(context, { prompts: 4, annotators: 4 });
    // in turns: each holds four turns of a conversation, and takes the fifth before anybody else does
    for (let round = 0; round < TURNS; round++) for (const one of [0, 1, 2, 3]) await judge(made, one, 1);
    const handed = await handedTo(context);
    expect(handed.map((one) => oneAfterTheOther(one).length)).toEqual([1, 1, 1, 1]);
    expect(handed.map((one) => one.map(({ turn }) => turn))).toEqual(Array(4).fill([1, 2, 3, 4, 5, 6]));
  });

  it("go on with others from the first turn that is left, once a lease has lapsed", async () => {
    const context = await testContext(kind);
    const made = await conversations(context, { prompts: 1, annotators: 2 });
    await judge(made, 0, 2);
    expect((await judge(made, 1)).work).toMatchObject({ state: "wait", buffer: [] });
    context.advance(LEASE_MS);
    expect((await judge(made, 1)).work.state).toBe("done");
    const [, second] = await handedTo(context);
    expect(second!.map(({ turn }) => turn)).toEqual([3, 4, 5, 6]);
  });

  it("give no turn to somebody who has had a later one, and do not count it as to come", async () => {
    const context = await testContext(kind);
    const made = await conversations(context, { prompts: 1, annotators: 3 });
    await judge(made, 0, 3);
    await recordSkip(
      made.desk,
      made.tokens[0]!,
      skipOf((await made.desk.workFor(made.tokens[0]!, [])).buffer[0]!),
    );
    await judge(made, 0);
    await leaveOut(context, 0);
    await judge(made, 1, 1);
    context.advance(LEASE_MS);
    expect((await judge(made, 2)).work).toMatchObject({ state: "done", progress: { judged: 5, of: 5 } });
    await leaveOut(context, 1);
    const { work } = await judge(made, 2);
    expect(work).toMatchObject({ state: "done", progress: { judged: 5, of: 5 } });
  });

  it("have no check in between, and the checks that are due come all the same", async () => {
    const context = await testContext(kind);
    const groups = [crowd({ judgmentsPerAnnotator: 2 * TURNS })];
    const protocol: Partial<Protocol> = { turns: "each", groups, checks: { every: 4 } };
    await createStudy(context, { name: "s", target: "t", baselines: ["b"], seed: "seed", protocol });
    const names = ["p1", "p2", "p3", "c1", "c2"];
    const turns = (text: string, name: string) =>
      Array.from({ length: name.startsWith("p") ? TURNS : 1 }, (_, turn) => `${text}, ${turn}`);
    const prompts = names.map((name) => ({ prompt_id: name, prompt: turns(`About ${name}`, name) }));
    const outputs = names.flatMap((name) =>
      [name.startsWith("p") ? "t" : "spoilt", "b"].map((system) => ({
        ...{ prompt_id: name, system, output: turns(`${system} on ${name}`, name) },
      })),
    );
    const sides = { left_system: "spoilt", right_system: "b", expected_choice: "right" };
    const answers = ["c1", "c2"].map((name) => ({ prompt_id: name, ...sides }));
    const files = [prompts, outputs, answers].map((rows) => {
      const file = newPath("jsonl");
      fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
      return file;
    });
    await loadInto(context, "s", files, null, { made: true });
    await changeState(context, { study: "s", to: "open", by: "test" });
    const [one] = await inviteAnnotators(context, { study: "s", group: "crowd", count: 1, by: "test" });
    await judge({ desk: plainDesk(context), tokens: [one!.token] }, 0);
    const [handed = []] = await handedTo(context);
    expectInOrder(handed);
    expect(handed.filter(({ purpose }) => purpose === "check")).toHaveLength(2);
    expect(handed).toHaveLength(2 * TURNS + 2);
    expect(oneAfterTheOther(handed)).toHaveLength(4);
  });

  it("come in order whatever is judged, skipped, left out or left lying, and every slot is whole", async () => {
    const context = await testContext(kind);
    const groups = [crowd({ judgments: 2 })];
    const made = await conversations(context, {
      prompts: 5,
      baselines: 2,
      annotators: 5,
      protocol: { groups },
    });
    const gone = new Set<number>();
    const random = seededRandom("conversations");
    for (let step = 0; step < 260; step++) {
      const one = randomBelow(random, made.tokens.length);
      const token = made.tokens[one]!;
      const { buffer } = await made.desk.workFor(token, []);
      const [first] = buffer;
      const dice = random() / 2 ** 32;
      if (dice < 0.03) context.advance(LEASE_MS);
      else if (dice < 0.04 && gone.size < 2) {
        await leaveOut(context, one);
        gone.add(one);
      } else if (first !== undefined && dice < 0.12) await recordSkip(made.desk, token, skipOf(first));
      else if (first !== undefined) await recordJudgment(made.desk, token, judgmentOf(first));
    }
    const handed = await handedTo(context);
    handed.forEach(expectInOrder);
    await expectSlotsWhole(context.database);
  });
});
