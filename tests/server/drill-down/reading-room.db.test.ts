import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { judgedPageSchema, readingMarkSchema, writtenOnSchema } from "../../../server/contract/judged.ts";
import { packParts } from "../../../server/export/pack-parts.ts";
import { comparisonNamed } from "../../../server/drill-down/study-notes.ts";
import { exportPack } from "../../../server/export/pack.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { shareResults } from "../../../server/reports/share.ts";
import { bearer, ownerHeaders, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { addMember, tokenHeaders } from "../../support/members.ts";
import { newPath, rowsOf } from "../export/export-support.ts";
import { type GivenJudgment, StudyRows } from "../../support/study-rows.ts";

type Choice = GivenJudgment["choice"];

/** What a few people, and perhaps a model, chose of one prompt; the target stood left. */
const prompt = (name: string, people: readonly Choice[], model?: Choice): GivenJudgment[] => [
  ...people.map((choice, i) => ({ ...SIDES, prompt: name, group: "crowd", annotator: `a${i}`, choice })),
  ...(model === undefined
    ? []
    : [{ ...SIDES, prompt: name, group: "models", annotator: "m", choice: model }]),
];
const SIDES = { left: "target", right: "baseline" };

/** In the order in which the comparisons are made. */
const JUDGED = [
  ...prompt("agreed", ["left", "left", "left"], "right"),
  ...prompt("split", ["left", "right"], "left"),
  ...prompt("ties", ["left", "tie", "tie", "right"], "tie"),
  ...prompt("alone", ["left"]),
  ...prompt("more split", ["left", "right", "left", "right"]),
];

async function study(kind: "sqlite" | "postgres") {
  const context = await testContext(kind);
  const rows = new StudyRows(context, {
    name: "s",
    systems: ["baseline", "target"],
    groups: [
      { name: "crowd", kind: "crowd" },
      { name: "models", kind: "model" },
    ],
    pairs: { target: "target", baselines: ["baseline"] },
  });
  await rows
    .judge(...JUDGED)
    .withTexts()
    .write();
  await context.database.transact(async ({ db }) => {
    const text = async (table: "prompt_text" | "response", of: string, turns: string[]) => {
      const { id } = await db
        .selectFrom("prompt")
        .select("id")
        .where("external_id", "=", of)
        .executeTakeFirstOrThrow();
      await db
        .updateTable(table)
        .set({ turns: JSON.stringify(turns) })
        .where("prompt_id", "=", id)
        .execute();
    };
    await text("prompt_text", "agreed", ['Why is 100%_ "so"?\nTell me.']);
    await text("response", "split", ["ÉCLAIR and other words"]);
    await text("response", "ties", ["Plain Words"]);
  });
  const app = await testApp(context);
  const headers = await ownerHeaders(app, context);
  const page = async (query: string, as: Record<string, string> = headers, url = "/api/studies/s/judged") => {
    const reply = await app.inject({ url: `${url}?${query}`, headers: as });
    expect(reply.statusCode, reply.body).toBe(200);
    return judgedPageSchema.parse(reply.json());
  };
  const names = async (query: string) => (await page(query)).comparisons.map((one) => one.prompt);
  const idOf = async (name: string) => (await page(`prompt=${name}`)).comparisons[0]!.id;
  const send = (
    method: "POST" | "PATCH" | "DELETE",
    url: string,
    payload?: object,
    as: Record<string, string> = headers,
  ) => app.inject({ method, url: `/api/studies/s/${url}`, headers: as, ...(payload && { payload }) });
  return { context, app, headers, rows, page, names, idOf, send };
}

describe.each(DATABASES)("the reading room, on %s", (kind) => {
  it("sorts by what divides people, and people and models", async () => {
    const { names, page } = await study(kind);
    expect(await names("sort=people")).toEqual(["split", "more split", "ties", "agreed", "alone"]);
    expect(await names("sort=models")).toEqual(["agreed", "split", "ties", "more split", "alone"]);
    expect(await names("sort=judgments&everyone=yes")).toEqual([
      "ties",
      "agreed",
      "more split",
      "split",
      "alone",
    ]);
    expect(await names("sort=length&mark=open")).toHaveLength(5);
    const { comparisons } = await page("sort=people&everyone=yes");
    expect(comparisons.map(({ division }) => [division.people, division.models])).toEqual([
      [1, 0.5],
      [expect.closeTo(2 / 3), null],
      [0.5, 0.25],
      [0, 1],
      [null, null],
    ]);
  });

  it("finds texts in any case, with what databases and JSON take for signs of their own", async () => {
    const { names } = await study(kind);
    const found = (text: string) => names(`text=${encodeURIComponent(text)}`);
    expect(await found("éclair")).toEqual(["split"]);
    expect(await found("words")).toEqual(["split", "ties"]);
    expect(await found('100%_ "so"?')).toEqual(["agreed"]);
    expect(await found("100__")).toEqual([]);
    expect(await found("\\n")).toEqual([]);
  });

  it("goes on where a page ended, though judgments come in between", async () => {
    const { app, headers, rows, page } = await study(kind);
    await rows.judge(...Array.from({ length: 9 }, (_, i) => prompt(`q${i}`, ["left", "tie"])).flat()).write();
    const first = await page("sort=people");
    expect(first.comparisons).toHaveLength(8);
    const { next } = first;
    await rows
      .judge({ ...SIDES, prompt: "split", group: "crowd", annotator: "late", choice: "left" })
      .write();
    const tampered = await app.inject({ url: `/api/studies/s/judged?after=${"9".repeat(16)}`, headers });
    expect(tampered.statusCode).toBe(400); // and no number that a database cannot hold
    const second = await page(`sort=people&after=${encodeURIComponent(next!)}`);
    const all = [...first.comparisons, ...second.comparisons].map((one) => one.prompt);
    expect(new Set(all).size).toBe(14);
    expect(all).toHaveLength(14);
    expect(second.next).toBeNull();
  });

  it("keeps notes, which their author and owners change, and adjudicated answers, of which one is in force", async () => {
    const { context, send, idOf, names, page } = await study(kind);
    const [id, other] = [await idOf("ties"), await idOf("split")];
    const author = await tokenHeaders(
      context,
      await addMember(context, { name: "Ann", studies: { s: "viewer" } }),
    );
    const another = await tokenHeaders(
      context,
      await addMember(context, { name: "Bo", studies: { s: "researcher" } }),
    );
    const noted = await send("POST", `comparisons/${id}/notes`, { text: " Both are cut.\u0000 " }, author);
    const { notes } = writtenOnSchema.parse(noted.json());
    expect(notes).toMatchObject([{ text: "Both are cut.", editedAt: null, mayChange: true }]);
    const note = `notes/${notes![0]!.id}`;
    expect((await send("PATCH", note, { text: "No." }, another)).statusCode).toBe(403);
    expect((await send("PATCH", note, { text: "One is cut." }, author)).json()).toMatchObject({
      notes: [{ text: "One is cut.", editedAt: expect.any(String) as string }],
    });
    expect(await names("mark=noted")).toEqual(["ties"]);
    const decided = { better: "target", reason: "So." };
    for (const [as, status] of [[author, 403] as const, [another, 200] as const]) {
      const reply = await send("POST", `comparisons/${id}/adjudication`, decided, as);
      expect(reply.statusCode).toBe(status); // the report shows it, so it is for who may change the study
      const [shown] = (await page("prompt=ties", as)).comparisons;
      expect(shown?.mayAdjudicate).toBe(status === 200);
    }
    for (const better of ["target", null])
      await send("POST", `comparisons/${id}/adjudication`, { better, reason: "The second is wrong." });
    expect((await page(`prompt=ties`)).comparisons[0]!.adjudicated).toMatchObject({
      ...{ better: null, by: "owner", reason: "The second is wrong." },
    });
    const { adjudicated } = (await buildFullReport(context, { study: "s" })).agreement;
    expect(adjudicated).toMatchObject({
      comparisons: 1,
      groups: [
        { group: null, agreement: { value: 0.75 } },
        { group: "crowd", agreement: { value: 0.75 } },
        { group: "models", agreement: { value: 1 } },
      ],
    });
    expect([await names("mark=adjudicated"), await names("mark=open&sort=judgments&everyone=yes")]).toEqual([
      ["ties"],
      ["agreed", "more split", "split", "alone"],
    ]);
    const wrong = [
      await send("POST", `comparisons/${other}/adjudication`, { better: "nobody", reason: "r" }),
      await send("POST", `comparisons/${other}/notes`, { text: " \n" }),
      await send("POST", `comparisons/999999/notes`, { text: "x" }),
      await send("DELETE", `comparisons/${other}/adjudication`),
    ];
    expect(wrong.map(({ statusCode }) => statusCode)).toEqual([404, 400, 404, 404]);
    expect((await send("DELETE", `comparisons/${id}/adjudication`)).json()).toMatchObject({
      adjudicated: null,
    });
    expect((await send("DELETE", note)).json()).toMatchObject({ notes: [] });
    const { audit } = await context.database.read(async ({ db }) => ({
      audit: await db.selectFrom("audit_event").select(["verb", "object", "detail"]).execute(),
    }));
    expect(JSON.stringify(audit)).not.toContain("cut");
    expect(audit.map(({ verb }) => verb)).toEqual(expect.arrayContaining(["delete note", "adjudicate"]));
  });

  it("puts what members wrote into a pack only when asked, and never who wrote it", async () => {
    const { context, send, idOf } = await study(kind);
    await send("POST", `comparisons/${await idOf("ties")}/notes`, { text: "Cut off." });
    await send("POST", `comparisons/${await idOf("split")}/adjudication`, {
      better: "target",
      reason: "Longer.",
    });
    const packed = async (withNotes: boolean) => {
      const out = newPath("pack");
      await exportPack(context, { study: "s", out, withNotes }, packParts());
      return {
        files: fs.readdirSync(out),
        read: (name: string) => fs.readFileSync(path.join(out, name), "utf8"),
      };
    };
    expect((await packed(false)).files).not.toContain("notes.jsonl");
    const { read } = await packed(true);
    expect(rowsOf(read("notes.jsonl"))).toEqual([
      expect.objectContaining({ prompt_id: "split", kind: "adjudicated", better: "target", text: "Longer." }),
      expect.objectContaining({ prompt_id: "ties", kind: "note", text: "Cut off.", turn: 1 }),
    ]);
    expect(read("notes.jsonl")).not.toContain("owner");
    expect(read("README.md")).toContain("`notes.jsonl`");
    const found = await comparisonNamed(context, "s", {
      prompt: "ties",
      system: "target",
      against: "baseline",
    });
    expect(found.id).toBe(await idOf("ties"));
    await expect(comparisonNamed(context, "s", { prompt: "none" })).rejects.toMatchObject({ status: 404 });
  });

  it("shows the holder of a link the answers, and nothing that members wrote", async () => {
    const { context, send, idOf, page, app } = await study(kind);
    const id = await idOf("ties");
    await send("POST", `comparisons/${id}/notes`, { text: "Secret." });
    await send("POST", `comparisons/${id}/adjudication`, { better: "target", reason: "Secret." });
    const { token } = await shareResults(context, { study: "s", frozen: false, by: "owner" });
    const shown = await page("prompt=ties", bearer(token), "/api/results/judged");
    expect(shown.comparisons[0]!.adjudicated).toEqual({ better: "target" });
    expect(JSON.stringify(shown)).not.toContain("Secret");
    const asked = await Promise.all(
      readingMarkSchema.options.map((mark) =>
        app.inject({ url: `/api/results/judged?mark=${mark}`, headers: bearer(token) }),
      ),
    );
    expect(asked.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 200, 200]);
  });
});
