import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { exclude, lift } from "../../../server/assignments/exclude.ts";
import { finishOf, stop } from "../../../server/participants/finish.ts";
import { join } from "../../../server/participants/join.ts";
import { removePlatform, showPlatforms } from "../../../server/participants/set-platform.ts";
import { decline, welcome } from "../../../server/participants/welcome.ts";
import { revokeLinks } from "../../../server/links/revoke-links.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { inviteAnnotators, makeOpenLink } from "../../../server/studies/annotators.ts";
import { invite } from "../../../server/studies/links.ts";
import { changeState } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { AT, count, CROWD, judgeSome, pid, queryOf, setProlific, studyOf } from "./participants-support.ts";

describe.each(DATABASES)("participants of a platform, on %s", (kind) => {
  it("are one annotator each from whatever device, whose link nobody makes from an id", async () => {
    const context = await testContext(kind);
    await studyOf(context, 6, 3);
    const { link } = await setProlific(context);
    const token = await join(context, { link, query: queryOf(1) });
    expect(await join(context, { link, query: queryOf(1) })).toBe(token);
    const twice = await Promise.all([2, 2, 3].map((n) => join(context, { link, query: queryOf(n) })));
    expect(twice[0]).toBe(twice[1]);
    expect(new Set([token, ...twice]).size).toBe(3);
    expect(await count(context, "annotator")).toBe(3);
    expect(await welcome(context, { link, query: queryOf(1) })).toMatchObject({
      ...{ visitor: "known", platform: "Prolific" },
    });
    expect((await welcome(context, { link, query: queryOf(9) })).visitor).toBe("new");
  });

  it("are kept apart: the ids are in one table, and its rows can go alone", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 6, 3);
    const { link } = await setProlific(context);
    const token = await join(context, { link, query: queryOf(1) });
    await judgeSome(desk, token, 1);
    const rows = await context.database.read(({ db }) => db.selectFrom("participant").selectAll().execute());
    expect(rows).toMatchObject([
      { platform: "prolific", external_id: pid(1), session_id: "t1", platform_study_id: "s1" },
    ]);
    const others = await context.database.read(async ({ db }) => [
      await db.selectFrom("annotator").selectAll().execute(),
      await db.selectFrom("participation").selectAll().execute(),
      await db.selectFrom("study_change").selectAll().execute(),
    ]);
    expect(JSON.stringify(others)).not.toContain(pid(1));
    await context.database.transact(({ db }) => db.deleteFrom("participant").execute());
    expect(await count(context, "participation")).toBe(1);
    expect(await judgeSome(desk, token, 1)).toMatchObject({ state: "work", progress: { judged: 2 } });
    expect(await finishOf(desk, token)).toBeNull();
    expect(await buildFullReport(context, { study: "s" })).toMatchObject({ judgments: 2 });
    expect(await join(context, { link, query: queryOf(1) }), "who comes again").toBe(token);
    expect(await count(context, "annotator")).toBe(1);
  });

  it("are the same in capitals and in another session, and the latest session is kept", async () => {
    const context = await testContext(kind);
    await studyOf(context, 6, 3);
    const { link } = await setProlific(context);
    const token = await join(context, { link, query: queryOf(0xabc) });
    const again = `?PROLIFIC_PID=${pid(0xabc).toUpperCase()}&STUDY_ID=s2&SESSION_ID=t2`;
    expect(await join(context, { link, query: again })).toBe(token);
    const rows = await context.database.read(({ db }) => db.selectFrom("participant").selectAll().execute());
    expect(rows).toMatchObject([{ external_id: pid(0xabc), session_id: "t2", platform_study_id: "s2" }]);
  });

  it("keep the address that was pasted for them: no open link replaces it unless it was revoked", async () => {
    const context = await testContext(kind);
    await studyOf(context, 6, 3);
    const open = () =>
      invite(context, {
        ...{ ...CROWD, open: true, origin: "https://x.example" },
      });
    expect(await open()).toMatchObject({ warning: null });
    expect(await open()).toMatchObject({ warning: expect.stringContaining("no longer works") as string });
    const { link } = await setProlific(context);
    await expect(open()).rejects.toMatchObject({
      name: "InvitationRefused",
      message: expect.stringContaining("--revoke shared-crowd") as string,
    });
    await join(context, { link, query: queryOf(1) });
    await revokeLinks(context, { study: "s", names: ["shared-crowd"], by: "test" });
    expect(await open()).toMatchObject({ warning: null });
  });

  it("are named in no error of the database", async () => {
    const context = await testContext(kind);
    await studyOf(context, 6, 3);
    const { link } = await setProlific(context);
    await join(context, { link, query: queryOf(1) });
    await join(context, { link, query: queryOf(2) });
    const doubled = context.database.transact(({ db }) =>
      db
        .updateTable("participant")
        .set({ external_id: pid(1) })
        .execute(),
    );
    const error: unknown = await doubled.catch((thrown: unknown) => thrown);
    expect(context.database.dialect.isUniqueViolation(error)).toBe(true);
    expect(inspect(error, { showHidden: true })).not.toContain(pid(1));
  });

  it("are refused without their parameters, and a preview is given and keeps nothing", async () => {
    const context = await testContext(kind);
    await studyOf(context, 6, 3);
    const { link } = await setProlific(context);
    const missing = { name: "ParticipantMissing" };
    await expect(join(context, { link, query: "" })).rejects.toMatchObject(missing);
    await expect(welcome(context, { link, query: "?x=1" })).rejects.toMatchObject(missing);
    const preview = { link, query: "?PROLIFIC_PID={{%PROLIFIC_PID%}}&STUDY_ID=a&SESSION_ID=b" };
    expect(await welcome(context, preview)).toMatchObject({ visitor: "preview", finish: null });
    for (const use of [join, decline])
      await expect(use(context, preview)).rejects.toMatchObject({ name: "PreviewOnly" });
    expect(await count(context, "annotator")).toBe(0);
    expect(await count(context, "participant")).toBe(0);
  });

  it("who have judged what they were asked for are sent back as completed, and only then", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 6, 3);
    const { link, codes } = await setProlific(context);
    const token = await join(context, { link, query: queryOf(1) });
    await judgeSome(desk, token, 2);
    expect(await finishOf(desk, token)).toBeNull();
    await judgeSome(desk, token, 1);
    const finish = {
      ...{ platform: "Prolific", finish: "completed", code: codes.completed },
      address: `https://app.prolific.com/submissions/complete?cc=${codes.completed ?? ""}`,
    };
    expect(await finishOf(desk, token)).toEqual(finish);
    await exclude(context, { study: "s", annotators: ["annotator-1"], rule: "r", by: "test" });
    await changeState(context, { study: "s", to: "closed", by: "test" });
    expect(await finishOf(desk, token), "and stay so").toEqual(finish);
    expect(await join(context, { link, query: queryOf(1) })).toBe(token);
  });

  it("end in other ways with other codes: no consent, stopped, ended, no work left, out of time", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 6, 4);
    const { link, codes } = await setProlific(context, { minutes: 60 });
    expect(new Set(Object.values(codes)).size).toBe(8);
    const ask = async (token: string) => {
      const finish = await finishOf(desk, token);
      return finish && [finish.finish, finish.code];
    };
    const declined = await decline(context, { link, query: queryOf(1) });
    expect([declined.finish, declined.code]).toEqual(["no_consent", codes.no_consent]);
    expect(await count(context, "participant")).toBe(0);

    const stopping = await join(context, { link, query: queryOf(1) });
    await judgeSome(desk, stopping, 1);
    await expect(decline(context, { link, query: queryOf(1) })).rejects.toMatchObject({ status: 409 });
    await stop(desk, stopping);
    expect(await ask(stopping)).toEqual(["stopped", codes.stopped]);
    expect((await desk.workFor(stopping, [])).state).toBe("ended");

    const excluded = await join(context, { link, query: queryOf(2) });
    const { buffer } = await judgeSome(desk, excluded, 1);
    expect(buffer.length, "what was stopped is free for others").toBe(3);
    const rule = { study: "s", annotators: ["annotator-2"], rule: "r", by: "test" };
    await exclude(context, rule);
    expect(await ask(excluded)).toEqual(["ended", codes.ended]);
    await lift(context, rule);
    expect(await ask(excluded)).toBeNull();

    const late = await join(context, { link, query: queryOf(3) });
    context.advance(61 * 60_000);
    expect(await ask(late)).toEqual(["timed_out", codes.timed_out]);
    const [{ lease }] = (await context.database.read(({ db }) =>
      db.selectFrom("assignment").select("lease_end as lease").orderBy("id", "desc").limit(1).execute(),
    )) as [{ lease: string }];
    expect(lease < context.clock().toISOString(), "what they held is for others").toBe(true);
    expect(await ask(excluded)).toEqual(["timed_out", codes.timed_out]);

    const [someone] = await inviteAnnotators(context, { ...CROWD, count: 1 });
    const [another] = await inviteAnnotators(context, { ...CROWD, count: 1 });
    const before = await join(context, { link, query: queryOf(4) });
    expect(await ask(someone!.token), "came from no platform").toBeNull();
    await judgeSome(desk, someone!.token, 4);
    await desk.workFor(another!.token, []);
    while ((await desk.workFor(another!.token, [])).state === "work")
      await judgeSome(desk, another!.token, 1);
    expect(await ask(before)).toEqual(["no_work", codes.no_work]);
    const tooLate = await welcome(context, { link, query: queryOf(5) });
    expect(tooLate).toMatchObject({ state: "full", finish: { finish: "no_work", code: codes.no_work } });
  });

  it("complete their part where no number is asked of them once nothing is left for them", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 3, null);
    const { link } = await setProlific(context);
    const token = await join(context, { link, query: queryOf(1) });
    await judgeSome(desk, token, 3);
    expect(await finishOf(desk, token)).toMatchObject({ finish: "completed" });
  });

  it("who come by a link that nobody set for a platform are known too, and shown a code", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 3, 3);
    const link = await makeOpenLink(context, CROWD);
    expect(await welcome(context, { link, query: queryOf(1) })).toMatchObject({
      visitor: "new",
      finish: null,
    });
    const token = await join(context, { link, query: queryOf(1) });
    expect(await join(context, { link, query: queryOf(1) })).toBe(token);
    await join(context, { link, query: "" });
    await judgeSome(desk, token, 3);
    const finish = await finishOf(desk, token);
    expect(finish).toMatchObject({ finish: "completed", address: null });
    const [shown] = await showPlatforms(context, AT);
    expect(shown).toMatchObject({ isRecognised: true, name: "Prolific" });
    expect(shown!.finishes[0]).toMatchObject({ finish: "completed", code: finish!.code });
    const { codes, link: kept } = await setProlific(context);
    expect([codes.completed, kept]).toEqual([finish!.code, link]);
    await expect(join(context, { link, query: "" })).rejects.toMatchObject({ name: "ParticipantMissing" });
  });
});

describe.each(DATABASES)("a platform of a group, on %s", (kind) => {
  it("is set and shown with the address to paste, and keeps link and codes when set again", async () => {
    const context = await testContext(kind);
    await studyOf(context, 6, 3);
    const { made, codes, link } = await setProlific(context, { finishes: { completed: { code: "MINE" } } });
    expect(made.address).toBe(
      "https://study.example.org/join?PROLIFIC_PID={{%PROLIFIC_PID%}}&STUDY_ID={{%STUDY_ID%}}&SESSION_ID={{%SESSION_ID%}}" +
        `#${link}`,
    );
    expect(codes.completed).toBe("MINE");
    expect(codes.ended).toMatch(/^[A-Z2-9]{8}$/);
    expect(await showPlatforms(context, AT)).toEqual([made]);
    expect((await setProlific(context)).made).toEqual(made);
    const timed = await setProlific(context, { minutes: 60 });
    expect([timed.made.minutes, (await setProlific(context)).made.minutes]).toEqual([60, 60]);
    const address = "https://own.example.org/{code}";
    const own = async (completed: { address: string | null } | undefined) =>
      (await setProlific(context, completed && { finishes: { completed } })).made.finishes[0];
    expect(await own({ address })).toMatchObject({ address, code: "MINE" });
    expect(await own(undefined)).toMatchObject({ address, code: "MINE" });
    expect(await own({ address: null }), "the platform’s again").toEqual(made.finishes[0]);
    expect((await setProlific(context, { minutes: null })).made).toEqual(made);
    await makeOpenLink(context, { ...CROWD, most: 1 });
    expect((await showPlatforms(context, AT))[0]).toMatchObject({ address: null });
    const again = (await setProlific(context)).link;
    expect(again).not.toBe(link);
    await join(context, { link: again, query: queryOf(1) });
    const oneMore = join(context, { link: again, query: queryOf(2) });
    await expect(oneMore, "the limit of the link stays").rejects.toMatchObject({ name: "TooManyJoined" });
  });

  it("takes the place of one that was only recognised, and of no other that people came from", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 6, 3);
    const typed = await makeOpenLink(context, CROWD);
    const token = await join(context, { link: typed, query: queryOf(1) });
    const { link, made } = await setProlific(context, { platform: "connect" });
    expect([link, made.name, made.isRecognised]).toEqual([typed, "CloudResearch Connect", false]);
    expect((await judgeSome(desk, token, 3)).state).toBe("done");
    expect(await finishOf(desk, token), "came from no platform that is set").toBeNull();
    const { link: kept } = await setProlific(context);
    expect(await join(context, { link: kept, query: queryOf(1) }), "nobody came from Connect").toBe(token);
    const inUse = { name: "PlatformInUse", status: 409 };
    await expect(setProlific(context, { platform: "connect" })).rejects.toMatchObject(inUse);
    await expect(removePlatform(context, AT)).rejects.toMatchObject(inUse);
  });

  it("can be any panel: ids are escaped in the addresses that its owner gave", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 1, 1);
    const address = "https://pool.example.org/credit?token=T&survey_code={participant}";
    const { link, made } = await setProlific(context, {
      platform: {
        name: "Pool",
        participant: { name: "sona_id", placeholder: "%SURVEY_CODE%" },
        finishes: { completed: { address } },
      },
    });
    expect(made.address).toContain("/join?sona_id=%SURVEY_CODE%#");
    const token = await join(context, { link, query: "?sona_id=a:1@x" });
    await judgeSome(desk, token, 1);
    expect(await finishOf(desk, token)).toEqual({
      ...{ platform: "Pool", finish: "completed", code: null },
      address: "https://pool.example.org/credit?token=T&survey_code=a%3A1%40x",
    });
  });
});
