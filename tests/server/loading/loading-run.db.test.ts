import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Context } from "../../../server/context.ts";
import type { LoadSource } from "../../../server/loading/source.ts";
import { claimServer } from "../../../server/storage/server-lock.ts";
import { changeState } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import {
  contents,
  counted,
  fileOf,
  judgment,
  load,
  MATERIAL,
  newStudy,
  prompt,
  response,
} from "./loading-support.ts";

/** A file whose reading stops after its rows: forever, or with an error. */
function stopping(source: LoadSource, stop: () => Promise<void>): LoadSource {
  let reads = 0; // the first only looks what kind of rows there are
  return {
    ...source,
    async *read() {
      reads++;
      yield* source.read();
      if (reads > 1) await stop();
    },
  };
}

const many = (n: number, system = "A") =>
  Array.from({ length: n }, (_, i) => [
    prompt(2 * i + 1, `p${i}`, `text ${i}`),
    response(2 * i + 2, `p${i}`, system, `a${i}`),
  ]).flat();

describe.each(DATABASES)("a load on %s", (kind) => {
  it("leaves every table as it was in a dry run, and tells the same as the load", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    await load(context, fileOf("old", [prompt(1, "p9", "old")]));
    const files = [
      fileOf("j", [judgment(1), judgment(2)]),
      fileOf("a", MATERIAL.slice(2)),
      fileOf("p", MATERIAL.slice(0, 2)),
    ];
    const before = await contents(context);
    const dry = await load(context, files, { dryRun: true });
    expect(await contents(context)).toEqual(before);
    expect(dry.dryRun).toBe(true);
    expect(dry.files.map((file) => file.outcome)).toEqual(Array(3).fill("would publish"));
    const wet = await load(context, files);
    const told = dry.files.map((file) => ({ ...file, outcome: "published" }));
    expect(wet).toEqual({ ...dry, dryRun: false, files: told });
  });

  it("clears its rows away when reading breaks off", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const before = await contents(context);
    const broken = stopping(fileOf("f", [...many(300), judgment(1000)], 50), async () => {
      throw new Error("The disk is gone.");
    });
    await expect(load(context, broken)).rejects.toThrow("The disk is gone.");
    const after = await contents(context);
    expect(after).toEqual({ ...before, load: after.load });
    expect(after.load).toMatchObject([{ state: "failed" }]);
  });

  it("shows nothing while it runs, lets no other in, and is cleared away once it is dead", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    let stopped = () => {};
    let goOn = () => {};
    const reached = new Promise<void>((resolve) => (stopped = resolve));
    const hang = stopping(fileOf("f", [...many(300), judgment(1000)], 50), () => {
      stopped();
      return new Promise((resolve) => (goOn = resolve));
    });
    const dead = load(context, hang);
    const end = expect(dead).rejects.toMatchObject({ name: "LoadTakenOver" });
    await reached;
    expect(await counted(context)).toEqual([]);
    expect((await contents(context)).load).toMatchObject([{ state: "running" }]);
    context.advance(14_000);
    await expect(load(context, fileOf("g", MATERIAL))).rejects.toMatchObject({ name: "LoadRunning" });
    context.advance(2_000);
    expect((await load(context, fileOf("g", MATERIAL))).done).toBe(true);
    const all = await contents(context);
    expect(all.load).toMatchObject([{ state: "failed" }, { state: "published" }]);
    expect(all.prompt).toMatchObject([{ external_id: "p1" }, { external_id: "p2" }]);
    expect(all.annotator).toEqual([]);
    goOn();
    await end;
    expect(await contents(context)).toEqual(all);
  });

  it("is cleared away after fifteen seconds where the clock was set back meanwhile, too", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    let stopped = () => {};
    const reached = new Promise<void>((resolve) => (stopped = resolve));
    const hang = stopping(fileOf("f", many(3)), () => {
      stopped();
      return new Promise(() => undefined);
    });
    void load(context, hang);
    await reached;
    context.advance(-10_000);
    await expect(load(context, fileOf("g", MATERIAL))).rejects.toMatchObject({ name: "LoadRunning" });
    context.advance(-3 * 3_600_000);
    expect((await load(context, fileOf("g", MATERIAL))).done).toBe(true);
  });

  /** Loads 3,000 responses. @returns how many of them other transactions found meanwhile, where it was a part */
  async function partsSeen(context: Context, serverBeside: boolean): Promise<Set<number>> {
    let running = true;
    const loading = load(context, fileOf("f", many(3000), 500), { serverBeside }).finally(
      () => (running = false),
    );
    const seen = new Set<number>();
    while (running) {
      const { count } = await context.database.transactTogether(async ({ db }) => {
        const event = { who: "w", via: "v", verb: "k", at: "t" };
        await db.insertInto("audit_event").values(event).execute();
        const all = db.selectFrom("response").select(({ fn }) => fn.countAll<number>().as("count"));
        return all.executeTakeFirstOrThrow();
      });
      if (count > 0 && count < 3000) seen.add(count);
    }
    expect((await loading).files[0]).toMatchObject({ rows: 6000, responses: { new: 3000 } });
    return seen;
  }

  it("lets other transactions in between", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    expect((await partsSeen(context, true)).size).toBeGreaterThan(1);
  });

  if (kind === "sqlite")
    it("lets those of a server in that it finds on its file", async () => {
      const context = await testContext(kind);
      await newStudy(context);
      const origin = "http://127.0.0.1:4000";
      onTestFinished(claimServer(context.database.place, { pid: process.pid, origin }));
      expect((await partsSeen(context, false)).size).toBeGreaterThan(1);
    });

  it("loads into one study while another loads, and into one study one at a time", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    await newStudy(context, "t");
    const underWay = gate();
    const mayEnd = gate();
    const file = fileOf("f", many(200));
    const slow = {
      ...file,
      async *read() {
        for await (const items of file.read()) {
          yield items;
          underWay.open();
          await mayEnd.opened;
        }
      },
    } satisfies LoadSource;
    const first = load(context, slow);
    await underWay.opened;
    await expect(load(context, fileOf("g", many(200, "B")))).rejects.toMatchObject({ status: 409 });
    expect((await load(context, fileOf("f", many(200)), { study: "t" })).done).toBe(true);
    mayEnd.open();
    expect((await first).done).toBe(true);
    expect((await contents(context)).response).toHaveLength(400);
  });

  it("gives an open study slots for what is new", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    await load(context, fileOf("f", MATERIAL));
    expect((await contents(context)).slot).toEqual([]);
    await changeState(context, { study: "s", to: "open", by: "test" });
    expect((await contents(context)).slot).toHaveLength(2);
    const third = fileOf("g", [response(1, "p1", "C", "c"), response(2, "p2", "C", "d")]);
    await load(context, third, { reason: "a third system" });
    expect((await contents(context)).slot).toHaveLength(6);
  });

  it("keeps what the study has made its own when a load is refused", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    await load(context, fileOf("f", MATERIAL));
    const bad = { problem: { row: 9, column: null, name: "NotText", message: "no" } };
    const opening = {
      ...fileOf("j", []),
      async *read() {
        yield [{ record: judgment(1, { group: { name: "crowd", kind: "crowd" as const } }) }];
        yield [{ record: judgment(2, { annotator: "b" }) }];
        await changeState(context, { study: "s", to: "open", by: "test" }).catch(() => undefined);
        yield [{ ...bad }];
      },
    } satisfies LoadSource;
    expect((await load(context, opening)).done).toBe(false);
    const all = await contents(context);
    expect(all.slot).toHaveLength(2);
    expect(all.judgment).toEqual([]);
    expect(all.annotator).toEqual([]);
    expect(all.annotator_group).toMatchObject([{ name: "crowd" }]);
  });

  it("keeps all that the study has made its own where it is cleared a few rows at a time", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const prompts = Array.from({ length: 60 }, (_, i) => `p${i}`);
    const answered = ["A", "B"].flatMap((system) =>
      prompts.map((id, i) => response(i + 1, id, system, system + id)),
    );
    await load(context, fileOf("f", [...prompts.map((id, i) => prompt(i + 1, id, id)), ...answered], 60));
    const against = (rightSystem: string, annotator = "ann") =>
      prompts.map((promptId, i) => ({ record: judgment(i + 1, { promptId, rightSystem, annotator }) }));
    let reads = 0; // the first only looks what kind of rows there are
    const opening = {
      ...fileOf("j", []),
      async *read() {
        reads++;
        yield against("C"); // of C there is no response: no slot
        yield against("B");
        for (const annotator of "abcdef") yield against("C", annotator); // so that those before are stored
        if (reads > 1) await changeState(context, { study: "s", to: "open", by: "test" });
        yield [{ problem: { row: 121, column: null, name: "NotText", message: "no" } }];
      },
    } satisfies LoadSource;
    let ms = context.clock().getTime();
    const slow = { ...context, clock: () => new Date((ms += 10)) }; // every step takes long: 32 rows at a time
    expect((await load(slow, opening, { serverBeside: true })).done).toBe(false);
    const { slot, comparison, system, judgment: judged } = await contents(context);
    expect([slot!.length, comparison!.length, judged!.length]).toEqual([60, 60, 0]);
    expect(comparison).toEqual(prompts.map(() => expect.objectContaining({ load_id: null }) as unknown));
    expect(system).toMatchObject([{ name: "A" }, { name: "B" }]);
  });

  it("comes to the same however the rows are cut into transactions", async () => {
    const context = await testContext(kind);
    const row = fc.record({
      annotator: fc.constantFrom("a", "b"),
      prompt: fc.constantFrom("p1", "p2"),
      swap: fc.boolean(),
      kind: fc.constantFrom("crowd" as const, "model" as const),
      day: fc.option(fc.integer({ min: 1, max: 3 })),
      choice: fc.constantFrom("left" as const, "right" as const, "tie" as const),
    });
    let study = 0;
    const countedIn = async (rows: ReturnType<typeof judgment>[], rowsAChunk: number) => {
      const name = `s${++study}`;
      await newStudy(context, name);
      const before = (await counted(context)).length;
      const big = Array.from({ length: 300 }, (_, i) => prompt(1000 + i, `filler ${i}`, `${i}`));
      const spread =
        rowsAChunk === 1 ? rows.flatMap((one, i) => [one, ...big.slice(i * 20, i * 20 + 20)]) : rows;
      const report = await load(context, fileOf("j", spread, rowsAChunk), { study: name, yes: true });
      return { repeats: report.files[0]?.repeats, counted: (await counted(context)).slice(before) };
    };
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 14 }), async (given) => {
        const rows = given.map((one, i) => {
          const sides = one.swap ? { leftSystem: "B", rightSystem: "A" } : {};
          const createdAt = one.day === null ? null : `2026-01-0${one.day}`;
          const group = { name: one.kind, kind: one.kind };
          return judgment(i + 1, {
            ...sides,
            createdAt,
            group,
            annotator: one.annotator,
            promptId: one.prompt,
            choice: one.choice,
          });
        });
        expect(await countedIn(rows, 1)).toEqual(await countedIn(rows, 100));
      }),
      { numRuns: 8 },
    );
  });
});

/** Something to wait for until somebody opens it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}
