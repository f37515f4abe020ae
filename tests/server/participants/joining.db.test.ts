import { describe, expect, it } from "vitest";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { join } from "../../../server/participants/join.ts";
import { welcome } from "../../../server/participants/welcome.ts";
import { inviteAnnotators, makeOpenLink } from "../../../server/studies/annotators.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf } from "../../support/study.ts";
import { count, CROWD, judgeSome, studyOf } from "./participants-support.ts";

describe.each(DATABASES)("people who come by a shared link, on %s", (kind) => {
  it("are one annotator for each browser, however often it asks", async () => {
    const context = await testContext(kind);
    await studyOf(context, 6, 3);
    const link = await makeOpenLink(context, CROWD);
    const token = "x".repeat(43);
    const asked = [1, 2, 3].map(() => join(context, { link, query: "", token }));
    expect(new Set(await Promise.all(asked))).toEqual(new Set([token]));
    expect(await count(context, "annotator")).toBe(1);
  });

  it("hold one pair for minutes until their first judgment, then as many as others", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 12, 6);
    const link = await makeOpenLink(context, CROWD);
    const token = await join(context, { link, query: "" });
    const { buffer } = await desk.workFor(token, []);
    expect(buffer.length).toBe(1);
    const leases = () =>
      context.database.read(({ db }) => db.selectFrom("assignment").select("lease_end").execute());
    expect(await leases()).toEqual([{ lease_end: "2026-01-05T09:15:00.000Z" }]);
    const { work } = await recordJudgment(desk, token, judgmentOf(buffer[0] ?? ""));
    expect(work.buffer.length).toBe(4);
    expect((await leases()).at(-1)).toEqual({ lease_end: "2026-01-05T10:00:00.000Z" });
  });

  it("are as many as may join; who judged nothing takes nobody's place for long", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 12, 6);
    const link = await makeOpenLink(context, { ...CROWD, most: 2 });
    const first = await join(context, { link, query: "" });
    await judgeSome(desk, first, 1);
    await join(context, { link, query: "" });
    await expect(join(context, { link, query: "" })).rejects.toMatchObject({
      name: "TooManyJoined",
      status: 409,
    });
    expect((await welcome(context, { link, query: "" })).state).toBe("crowded");
    context.advance(16 * 60_000);
    await join(context, { link, query: "" });
    await expect(join(context, { link, query: "" })).rejects.toMatchObject({ name: "TooManyJoined" });
  });

  it("are three times as many as the work needs, where nobody set how many may join", async () => {
    const context = await testContext(kind);
    await studyOf(context, 58, 3);
    const link = await makeOpenLink(context, CROWD);
    for (let i = 0; i < 60; i++) await join(context, { link, query: "" });
    expect((await welcome(context, { link, query: "" })).state).toBe("crowded");
  });

  it("are shed when they are a flood, and an invited person gets work meanwhile", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 60, 20, 3);
    const link = await makeOpenLink(context, CROWD);
    const invited = (await inviteAnnotators(context, { ...CROWD, count: 1 }))[0]!.token;
    const flood = Array.from({ length: 140 }, async () => {
      const token = await join(context, { link, query: "" });
      return desk.workFor(token, []);
    });
    const judging = judgeSome(desk, invited, 5);
    const ended = await Promise.allSettled(flood);
    const held = ended.flatMap((one) => (one.status === "fulfilled" ? one.value.buffer : []));
    expect(ended.filter((one) => one.status === "fulfilled").length).toBe(50);
    expect(held.length).toBe(50);
    expect((await judging).buffer.length).toBe(4);
  });
});
