import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { finishOf, stop } from "../../../server/participants/finish.ts";
import { join } from "../../../server/participants/join.ts";
import { removePlatform, showPlatforms } from "../../../server/participants/set-platform.ts";
import type { Database } from "../../../server/storage/database.ts";
import { inviteAnnotators, makeOpenLink } from "../../../server/studies/annotators.ts";
import { testContext } from "../../support/context.ts";
import { openStudy, plainDesk } from "../../support/study.ts";
import { whileHeld } from "../../support/waits.ts";
import { AT, count, CROWD, judgeSome, queryOf, setProlific, studyOf } from "./participants-support.ts";

/** A context that counts transactions, and how often they were tried. */
function counting(context: Context) {
  const counts = { transactions: 0, tries: 0 };
  const { database } = context;
  const counted =
    (name: "transact" | "transactTogether"): Database["transact"] =>
    (use) => {
      counts.transactions++;
      return database[name]((tx) => {
        counts.tries++;
        return use(tx);
      });
    };
  const wrapped: Database = {
    ...{ dialect: database.dialect, place: database.place },
    read: (use) => database.read(use),
    transact: counted("transact"),
    transactTogether: counted("transactTogether"),
    close: () => database.close(),
  };
  return { counts, context: { ...context, database: wrapped } };
}

describe("people who come at once, on postgres", () => {
  it("join, are invited and judge beside one another, and no deadlock makes anybody try again", async () => {
    const { context, counts } = counting(await testContext("postgres"));
    await studyOf(context, 60, 10);
    const desk = plainDesk(context);
    const { link } = await setProlific(context);
    const invited = await inviteAnnotators(context, { ...CROWD, count: 3 });
    const judging = invited.map(({ token }) => judgeSome(desk, token, 8));
    const joining = Array.from({ length: 18 }, (_, i) => join(context, { link, query: queryOf(i) }));
    const inviting = [1, 2, 3, 4, 5, 6].map(() => inviteAnnotators(context, { ...CROWD, count: 5 }));
    await Promise.all([...judging, ...joining, ...inviting]);
    expect(await count(context, "annotator")).toBe(3 + 18 + 30);
    expect(counts.tries).toBe(counts.transactions);
  });

  it("hold up nobody who judges while they wait", async () => {
    const context = await testContext("postgres");
    const { desk } = await studyOf(context, 6, 3);
    const { link } = await setProlific(context);
    const [someone] = await inviteAnnotators(context, { ...CROWD, count: 1 });
    let joining: Promise<string> | undefined;
    await whileHeld(context, "study", async (wait) => {
      joining = join(context, { link, query: queryOf(1) });
      await wait(1);
      const heldUp = wait(2).then(() => "held up");
      const judging = judgeSome(desk, someone!.token, 2).then(({ state }) => state);
      expect(await Promise.race([judging, heldUp])).toBe("work");
      const more = inviteAnnotators(context, { ...CROWD, count: 1 });
      await heldUp; // an invitation, which waits for its turn
      joining = Promise.all([joining, more]).then(([token]) => token);
    });
    expect((await desk.workFor(await joining!, [])).state).toBe("work");
  });

  it("are given nothing any more by a request that waited beside the one that stopped them", async () => {
    const context = await testContext("postgres");
    const { desk } = await studyOf(context, 12, 10);
    const { link } = await setProlific(context);
    const token = await join(context, { link, query: queryOf(1) });
    await judgeSome(desk, token, 2);
    const asked: Promise<unknown>[] = [];
    await whileHeld(context, "annotator", async (wait) => {
      asked.push(stop(desk, token));
      await wait(1);
      asked.push(desk.workFor(token, []), finishOf(desk, token));
      await wait(3);
    });
    const [, work, finish] = await Promise.all(asked);
    expect(work).toMatchObject({ state: "ended", buffer: [] });
    expect(finish).toMatchObject({ finish: "stopped" });
  });

  it("come before the platform of their group is set, or after: their link stays theirs", async () => {
    const context = await testContext("postgres");
    const { desk } = await studyOf(context, 6, 3);
    const link = await makeOpenLink(context, CROWD);
    let both: [Promise<string>, ReturnType<typeof setProlific>] | undefined;
    await whileHeld(context, "annotator_group", async (wait) => {
      const joining = join(context, { link, query: queryOf(1) });
      await wait(1);
      both = [joining, setProlific(context)];
      await wait(2);
    });
    const [token, set] = await Promise.all(both!);
    expect(await join(context, { link: set.link, query: queryOf(1) })).toBe(token);
    expect((await desk.workFor(token, [])).state).toBe("work");
  });

  it.each(["join first", "remove first"])(
    "come before its platform is removed, or after: %s",
    async (order) => {
      const context = await testContext("postgres");
      await studyOf(context, 6, 3);
      const { link } = await setProlific(context);
      const uses = [
        () => join(context, { link, query: queryOf(1) }),
        () => removePlatform(context, { study: "s", by: "test" }),
      ];
      if (order === "remove first") uses.reverse();
      const done: Promise<unknown>[] = [];
      await whileHeld(context, "annotator_group", async (wait) => {
        for (const use of uses) {
          done.push(use().catch((error: Error) => error.name));
          await wait(done.length);
        }
      });
      const results = await Promise.all(done);
      const token = results[order === "join first" ? 0 : 1];
      expect(results.includes("PlatformInUse")).toBe(order === "join first");
      expect(await join(context, { link, query: queryOf(1) })).toBe(token);
      expect(await showPlatforms(context, AT)).toMatchObject([{ isRecognised: order === "remove first" }]);
    },
  );

  it("are one annotator where they come by the links of two groups", async () => {
    const context = await testContext("postgres");
    const group = (name: string) => ({
      ...{ name, kind: "crowd" as const, judgments: 1, sharedJudgments: 0 },
      ...{ judgmentsPerAnnotator: 3, headline: true },
    });
    const protocol = { groups: [group("crowd"), group("others")], sharedPrompts: 0 };
    await openStudy(context, { prompts: 6, baselines: 1, annotators: 0, protocol });
    const found = await Promise.all([setProlific(context), setProlific(context, { group: "others" })]);
    const joining: Promise<string>[] = [];
    await whileHeld(context, "study", async (wait) => {
      for (const { link } of found) joining.push(join(context, { link, query: queryOf(1) }));
      await wait(2);
    });
    const [one, other] = await Promise.all(joining);
    expect(one).toBe(other);
    expect(await count(context, "annotator")).toBe(1);
  });
});
