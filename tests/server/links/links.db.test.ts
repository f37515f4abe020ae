import { describe, expect, it } from "vitest";
import { linksText } from "../../../server/commands/support/links-text.ts";
import type { Context } from "../../../server/context.ts";
import type { IssuedLink } from "../../../server/contract/links.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { issuedLinks } from "../../../server/links/issued-links.ts";
import { buildReport } from "../../../server/reports/report.ts";
import { labelLink } from "../../../server/links/label-link.ts";
import { limitLink } from "../../../server/links/limit-link.ts";
import { replaceLink } from "../../../server/links/replace-link.ts";
import { restoreLinks, revokeLinks } from "../../../server/links/revoke-links.ts";
import { sharedBy, shareResults } from "../../../server/reports/share.ts";
import { join } from "../../../server/participants/join.ts";
import { inviteAnnotators, makeOpenLink } from "../../../server/studies/annotators.ts";
import { hashToken } from "../../../server/studies/keys.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";

const STUDY = { study: "s", by: "test" };
const CROWD = { ...STUDY, group: "crowd" };
const revoke = (context: Context, ...names: string[]) => revokeLinks(context, { ...STUDY, names });
const restore = (context: Context, ...names: string[]) => restoreLinks(context, { ...STUDY, names });
const REVOKED = { name: "LinkRevoked", status: 401 };

async function linkCalled(context: Context, name: string): Promise<IssuedLink | undefined> {
  return (await issuedLinks(context, "s")).find((link) => link.name === name);
}

describe.each(DATABASES)("links that were given out, on %s", (kind) => {
  it("are listed by name with kind, state, last use and progress, and never themselves", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 6, baselines: 1, annotators: 2 });
    const shared = await makeOpenLink(context, CROWD);
    const live = await shareResults(context, { ...STUDY, frozen: false });
    const frozen = await shareResults(context, { ...STUDY, frozen: true });
    const { buffer } = await desk.workFor(tokens[0]!, []);
    await recordJudgment(desk, tokens[0]!, judgmentOf(buffer[0] ?? ""));
    context.advance(5 * 60_000);
    await sharedBy(context, live.token);
    const links = await issuedLinks(context, "s");
    expect(links.map(({ name, kind, group, state }) => [name, kind, group, state])).toEqual([
      ["shared-crowd", "shared", "crowd", "valid"],
      ["annotator-1", "personal", "crowd", "valid"],
      ["annotator-2", "personal", "crowd", "valid"],
      ["results-1", "results", null, "valid"],
      ["results-2", "results", null, "valid"],
    ]);
    const [open, first, second, ...results] = links;
    expect(open).toMatchObject({ madeAt: "2026-01-05T09:00:00.000Z", usedAt: null });
    expect(first).toMatchObject({ judged: 1, of: null, usedAt: "2026-01-05T09:00:00.000Z" });
    expect(second).toMatchObject({ judged: 0, usedAt: null });
    expect(results.map(({ usedAt, snapshot }) => [usedAt, snapshot])).toEqual([
      ["2026-01-05T09:05:00.000Z", null],
      [null, 1],
    ]);
    const said = JSON.stringify(links) + linksText(links);
    for (const secret of [...tokens, shared, live.token, frozen.token]) expect(said).not.toContain(secret);
    expect(linksText(links)).toMatch(/annotator-1 +personal +crowd +valid +2026-01-05 09:00 +1 judged/);
    expect(linksText(links)).toMatch(/results-2 +results +valid +never +snapshot 1/);
  });

  it("have labels of whoever runs the study, which the record of changes does not have", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
    await makeOpenLink(context, CROWD);
    await shareResults(context, { ...STUDY, frozen: false });
    const label = async (name: string, text: string | null) => {
      const { changed, links } = await labelLink(context, { ...STUDY, name, label: text });
      return [changed, links.find((link) => link.name === name)?.label];
    };
    for (const name of ["shared-crowd", "annotator-1", "results-1"]) {
      expect((await linkCalled(context, name))?.label).toBe(null);
      expect(await label(name, `for ${name}`)).toEqual([[name], `for ${name}`]);
    }
    expect(await label("annotator-1", "for annotator-1")).toEqual([[], "for annotator-1"]);
    expect(await label("annotator-1", "Ada")).toEqual([["annotator-1"], "Ada"]);
    await replaceLink(context, { ...STUDY, name: "annotator-1", origin: "https://study.example.org" });
    const links = await issuedLinks(context, "s");
    expect(links.map((link) => link.label)).toEqual(["for shared-crowd", "Ada", "for results-1"]);
    expect(linksText(links)).toMatch(/annotator-1 .* Ada/);
    const changes = await context.database.read(({ db }) =>
      db.selectFrom("study_change").select("detail").where("kind", "=", "link label").execute(),
    );
    expect(changes).toHaveLength(4);
    expect(JSON.stringify(changes)).not.toMatch(/Ada|for /);
    expect(await label("annotator-1", null)).toEqual([["annotator-1"], null]);
    await expect(label("annotator-9", "x")).rejects.toMatchObject({ name: "LinkNotFound" });
  });

  it("can be sent again: a new link takes the place of the old one, and goes on where that was", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 6, baselines: 1, annotators: 1 });
    const token = tokens[0]!;
    const { buffer } = await desk.workFor(token, []);
    await recordJudgment(desk, token, judgmentOf(buffer[0] ?? ""));
    const shared = await makeOpenLink(context, { ...CROWD, most: 7, several: true });
    const frozen = await shareResults(context, { ...STUDY, frozen: true });
    const snapshotId = (await sharedBy(context, frozen.token)).snapshotId;
    await revoke(context, "annotator-1");
    const replace = async (name: string) => {
      const given = { ...STUDY, name, origin: "https://study.example.org" };
      const { url, warning } = await replaceLink(context, given);
      expect(warning === null || name === "shared-crowd").toBe(true);
      return url.split("#")[1] ?? "";
    };
    await expect(desk.workFor(await replace("annotator-1"), [])).resolves.toMatchObject({
      progress: { judged: 1 },
    });
    await expect(desk.workFor(token, [])).rejects.toMatchObject({ name: "LinkNotValid" });
    expect(await sharedBy(context, await replace("results-1"))).toMatchObject({ snapshotId });
    await expect(sharedBy(context, frozen.token)).rejects.toMatchObject({ name: "LinkNotValid" });
    const group = () =>
      context.database.read(({ db }) =>
        db
          .selectFrom("annotator_group")
          .select(["open_token_hash as hash", "open_link_most", "open_link_several"])
          .executeTakeFirstOrThrow(),
      );
    const open = await replace("shared-crowd");
    expect(open).not.toBe(shared);
    expect(await group()).toEqual({ hash: hashToken(open), open_link_most: 7, open_link_several: 1 });
    await expect(replace("annotator-9")).rejects.toMatchObject({ name: "LinkNotFound" });
  });

  it("let more people join without becoming another link, and as many as before again", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 6, baselines: 1, annotators: 1 });
    const link = await makeOpenLink(context, { ...CROWD, most: 1 });
    const limit = async (most: number | null, name = "shared-crowd") =>
      (await limitLink(context, { ...STUDY, name, most })).changed;
    const joins = () => join(context, { link, query: "" });
    await joins();
    await expect(joins()).rejects.toMatchObject({ name: "TooManyJoined" });
    expect(await limit(2)).toEqual(["shared-crowd"]);
    expect(await limit(2)).toEqual([]);
    expect(await linkCalled(context, "shared-crowd")).toMatchObject({ state: "valid", most: 2 });
    expect(linksText(await issuedLinks(context, "s"))).toContain("at most 2 join");
    await joins();
    await expect(joins()).rejects.toMatchObject({ name: "TooManyJoined" });
    expect(await limit(null)).toEqual(["shared-crowd"]);
    await joins();
    await expect(limit(5, "annotator-1")).rejects.toMatchObject({ name: "LinkNotShared", status: 409 });
    await expect(limit(5, "shared-friends")).rejects.toMatchObject({ name: "LinkNotFound" });
  });

  it("say when they were last used within a minute, and the writing costs no more than that", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 6, baselines: 1, annotators: 1 });
    const usedAt = async () => (await linkCalled(context, "annotator-1"))?.usedAt;
    await desk.workFor(tokens[0]!, []);
    context.advance(59_000);
    await desk.workFor(tokens[0]!, []);
    expect(await usedAt()).toBe("2026-01-05T09:00:00.000Z");
    context.advance(1_000);
    await desk.workFor(tokens[0]!, []);
    expect(await usedAt()).toBe("2026-01-05T09:01:00.000Z");
  });

  it("of a person end when revoked: what was judged stays and counts, and their places go to others", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 6, baselines: 1, annotators: 2 });
    const [one, other] = [tokens[0]!, tokens[1]!];
    const { buffer } = await desk.workFor(one, []);
    const next = (await recordJudgment(desk, one, judgmentOf(buffer[0] ?? ""))).work;
    expect(await revoke(context, "annotator-1")).toMatchObject({ changed: ["annotator-1"] });
    await expect(desk.workFor(one, [])).rejects.toMatchObject(REVOKED);
    await expect(recordJudgment(desk, one, judgmentOf(next.buffer[0] ?? ""))).rejects.toMatchObject(REVOKED);
    expect((await buildReport(context, { study: "s" })).judgments).toBe(1);
    let work = await desk.workFor(other, []);
    while (work.state === "work") {
      work = (await recordJudgment(desk, other, judgmentOf(work.buffer[0] ?? ""))).work;
    }
    expect(work.state).toBe("done");
    expect((await buildReport(context, { study: "s" })).judgments).toBe(6);
    expect(await linkCalled(context, "annotator-1")).toMatchObject({ state: "revoked", judged: 1 });
  });

  it("of a person work again when restored, also for an answer that had not arrived", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 9, baselines: 1, annotators: 1 });
    const { buffer } = await desk.workFor(tokens[0]!, []);
    await revoke(context, "annotator-1");
    expect((await revoke(context, "annotator-1")).changed).toEqual([]);
    expect((await restore(context, "annotator-1")).changed).toEqual(["annotator-1"]);
    const reply = await recordJudgment(desk, tokens[0]!, judgmentOf(buffer[0] ?? ""));
    expect(reply).toMatchObject({ accepted: true, surplus: false, work: { state: "work" } });
    expect(await linkCalled(context, "annotator-1")).toMatchObject({ state: "valid", judged: 1 });
  });

  it("that are shared let nobody in when revoked; whoever started by them goes on", async () => {
    const context = await testContext(kind);
    const { desk } = await openStudy(context, { prompts: 6, baselines: 1, annotators: 0 });
    const link = await makeOpenLink(context, CROWD);
    const own = await join(context, { link, query: "" });
    await revoke(context, "shared-crowd");
    await expect(join(context, { link, query: "" })).rejects.toMatchObject(REVOKED);
    expect((await desk.workFor(own, [])).state).toBe("work");
    await restore(context, "shared-crowd");
    await join(context, { link, query: "" });
    await revoke(context, "shared-crowd");
    await join(context, { link: await makeOpenLink(context, CROWD), query: "" });
    expect(await linkCalled(context, "shared-crowd")).toMatchObject({ state: "valid" });
    await expect(join(context, { link, query: "" })).rejects.toMatchObject({ name: "LinkNotValid" });
  });

  it("to results show nothing when revoked, live and kept ones alike", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 1, annotators: 0 });
    for (const [i, frozen] of [false, true].entries()) {
      const { token } = await shareResults(context, { ...STUDY, frozen });
      await revoke(context, `results-${i + 1}`);
      await expect(sharedBy(context, token)).rejects.toMatchObject(REVOKED);
      await restore(context, `results-${i + 1}`);
      expect(await sharedBy(context, token)).toMatchObject({ study: "s" });
    }
  });

  it("are revoked all or none: a name that there is not is refused", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
    await expect(revoke(context, "annotator-1", "annotator-9")).rejects.toMatchObject({
      name: "LinkNotFound",
      message: expect.stringContaining("no link annotator-9") as string,
    });
    expect(await linkCalled(context, "annotator-1")).toMatchObject({ state: "valid" });
  });

  it("end without the others, and each end is on record", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 4, baselines: 1, annotators: 2 });
    await inviteAnnotators(context, { ...CROWD, count: 1 });
    await revoke(context, "annotator-1", "annotator-3");
    expect((await desk.workFor(tokens[1]!, [])).state).toBe("work");
    const changes = await context.database.read(({ db }) =>
      db.selectFrom("study_change").select(["kind", "detail", "by_whom"]).orderBy("id", "desc").execute(),
    );
    const detail = JSON.stringify({ links: ["annotator-1", "annotator-3"] });
    expect(changes[0]).toEqual({ kind: "links revoked", detail, by_whom: "test" });
  });
});
