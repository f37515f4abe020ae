import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { inviteColleagues, nameOf, startQuickStudy } from "../../../server/quick-study/quick-study.ts";
import { whatFilesHold } from "../../../server/quick-study/what-files-hold.ts";
import type { Context } from "../../../server/context.ts";
import type { RunningFigure, Sheet, Work } from "../../../server/contract/judging.ts";
import { restoreLinks, revokeLinks } from "../../../server/links/revoke-links.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { studyDetail } from "../../../server/studies/detail.ts";
import { findStudy } from "../../../server/studies/store.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { bearer, HOST, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";

const PROMPTS = 23;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-quick-study-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  const options = {
    format: null,
    map: new Map(),
    system: null,
    group: null,
    annotator: null,
    fileName: name,
  };
  return { path: file, options };
}
const outputs = (system: string, text = system === "ours" ? "Long" : "Short") =>
  fileOf(
    `${system}.jsonl`,
    Array.from({ length: PROMPTS }, (_, i) =>
      JSON.stringify({ prompt: `Question ${i}?`, output: `${text} ${i}` }),
    ).join("\n"),
  );

const twoFiles = (name = "ours-vs-theirs") => ({
  ...{ name, systems: ["ours", "theirs"], by: "test" },
  files: [outputs("ours"), outputs("theirs")],
});

/** Judges as the page does. */
async function page(context: Context, token: string) {
  const app = await testApp(context);
  const headers = bearer(token);
  const post = async (url: string, payload: object) =>
    (await app.inject({ method: "POST", url: `/api/judge/${url}`, payload, headers })).json<
      Work & { work: Work }
    >();
  let keys = 0;
  return {
    sheet: async () => (await app.inject({ url: "/api/judge/sheet?language=en", headers })).json<Sheet>(),
    work: () => post("work", { holding: [] }),
    figure: async () => {
      const reply = await app.inject({ url: "/api/judge/running-figure", headers });
      return { status: reply.statusCode, body: reply.json<RunningFigure>() };
    },
    /** Answers the latest pair anew. */
    change: async () => {
      const earlier = await app.inject({
        ...{ method: "POST", url: "/api/judge/earlier", payload: { before: null }, headers },
      });
      const { assignment } = earlier.json<{ earlier: { view: { assignment: string } } }>().earlier.view;
      return (url: string, answer: object) => {
        const requestKey = `quick-study-${String(++keys).padStart(10, "0")}`;
        const language = url === "judgments" ? { language: "en" } : {};
        return post(url, { assignment, ...answer, activeMs: 900, ...language, requestKey, holding: [] });
      };
    },
    /** Prefers the long answer, the short one or neither, by the number of the pair. */
    judge: async (preferred: (i: number) => "Long" | "Short" | null, count: number) => {
      for (let i = 0; i < count; i++) {
        const { assignments } = await post("work", { holding: [] });
        const [view] = assignments;
        if (!view) throw new Error("No work.");
        const wanted = preferred(keys);
        const isLeft = wanted !== null && view.left[0]!.includes(wanted);
        const choice = wanted === null ? "tie" : isLeft ? "left" : "right";
        const requestKey = `quick-study-${String(++keys).padStart(10, "0")}`;
        const body = { assignment: view.assignment, choice, activeMs: 900, language: "en", requestKey };
        const reply = await post("judgments", { ...body, holding: [] });
        if (!reply.work) throw new Error(JSON.stringify(reply));
      }
    },
  };
}

describe("what files hold", () => {
  it("is found in their first rows, whatever the form, and a file without outputs has no systems", async () => {
    const wide = fileOf("both.csv", "prompt,one,two\nWhy?,Because it is,It is not\n");
    const named = fileOf("n.csv", "prompt,system,output\nWhy?,m1,a\nHow?,m2,b\n");
    const prompts = fileOf("prompts.jsonl", `{"prompt": "Why?"}`);
    const held = await whatFilesHold([outputs("ours"), wide, named, prompts], ["one", "two"]);
    expect(held.map(({ systems, problem }) => ({ systems, problem: problem !== null }))).toEqual([
      { systems: ["ours"], problem: false },
      { systems: ["one", "two"], problem: false },
      { systems: ["m1", "m2"], problem: false },
      { systems: [], problem: false },
    ]);
  });

  it("names what is wrong with a file of which no row can be read", async () => {
    const latin = fileOf("latin.csv", "");
    fs.writeFileSync(latin.path, Buffer.from("prompt,output\nWhy?,caf\xe9\n", "latin1"));
    const [held] = await whatFilesHold([latin], []);
    expect(held?.problem).toContain("--encoding");
  });

  it("names the study in letters that a shell takes", () => {
    expect(nameOf(["ours", "theirs"])).toBe("ours-vs-theirs");
    expect(nameOf(["meta/llama 3", "gpt-4o", "x"])).toBe("meta-llama-3-vs-2-others");
    expect(nameOf(["_", "$"])).toMatch(/^[\p{L}\p{N}]/u);
    expect(nameOf(["长".repeat(200), "b"]).length).toBeLessThanOrEqual(100);
  });
});

describe.each(DATABASES)("a quick study on %s", (kind) => {
  it("goes on with the same link and files, and takes no study that was made otherwise", async () => {
    const context = await testContext(kind);
    const first = await startQuickStudy(context, twoFiles());
    const again = await startQuickStudy(context, twoFiles());
    expect(again.token).toBe(first.token);
    expect(again.report.files.map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged"]);
    const link = { study: "ours-vs-theirs", names: ["annotator-1"], by: "test" };
    await revokeLinks(context, link);
    await expect(startQuickStudy(context, twoFiles())).rejects.toThrow("--restore annotator-1");
    await restoreLinks(context, link);
    expect((await startQuickStudy(context, twoFiles())).token).toBe(first.token);
    await createStudy(context, { name: "mine", target: "ours", baselines: ["theirs"] });
    await expect(startQuickStudy(context, twoFiles("mine"))).rejects.toThrow("was made otherwise");
    const others = {
      ...twoFiles(),
      systems: ["ours", "others"],
      files: [outputs("ours"), outputs("others")],
    };
    await expect(startQuickStudy(context, others)).rejects.toThrow("compares other systems");
    await changeState(context, { study: "ours-vs-theirs", to: "closed", by: "test" });
    await expect(startQuickStudy(context, twoFiles())).rejects.toThrow("is closed");
  });

  it("is the same study whichever of the two files comes first", async () => {
    const context = await testContext(kind);
    const first = await startQuickStudy(context, { ...twoFiles(), name: null });
    const { files, systems } = twoFiles();
    const swapped = { name: null, by: "test", files: files.toReversed(), systems: systems.toReversed() };
    const again = await startQuickStudy(context, swapped);
    expect(again).toMatchObject({ study: "ours-vs-theirs", token: first.token, problem: null });
    const { systemList } = await studyDetail(context, "ours-vs-theirs");
    expect(systemList.map(({ name, role }) => [name, role])).toEqual([
      ["ours", "target"],
      ["theirs", "baseline"],
    ]);
    await createStudy(context, { name: "b-vs-a", target: "b", baselines: ["a"] });
    const others = {
      name: null,
      by: "test",
      systems: ["a", "b"],
      files: [outputs("a", "A"), outputs("b", "B")],
    };
    expect(await startQuickStudy(context, others)).toMatchObject({ study: "a-vs-b", problem: null });
  });

  it("keeps nothing of files that are refused, and starts when they are mended", async () => {
    const context = await testContext(kind);
    const broken = {
      ...twoFiles(),
      files: [outputs("ours"), fileOf("theirs.jsonl", `{"prompt": "Q", "output"`)],
    };
    const { token, report, isThere } = await startQuickStudy(context, broken);
    expect([token, report.done, isThere]).toEqual([null, false, false]);
    expect(await context.database.read((reader) => findStudy(reader, "ours-vs-theirs"))).toBeUndefined();
    expect((await startQuickStudy(context, twoFiles())).token).not.toBeNull();
  });

  it("leaves bad rows out when asked, and reports how far it is", async () => {
    const context = await testContext(kind);
    const seen = new Set<string>();
    const { path: good } = outputs("theirs");
    const text = `${fs.readFileSync(good, "utf8")}\n{"prompt": "Question 0?", "output": null}`;
    const wanted = { ...twoFiles(), files: [outputs("ours"), fileOf("theirs.jsonl", text)] };
    const { report: refused } = await startQuickStudy(context, wanted);
    expect(refused.done).toBe(false);
    const { token, report } = await startQuickStudy(context, {
      ...{ ...wanted, skipBad: true },
      onLoading: ({ file }) => seen.add(file),
      onAllotted: (done, of) => seen.add(`${done} of ${of}`),
    });
    expect(report.files.map(({ leftOut }) => leftOut)).toEqual([0, 1]);
    expect(token).not.toBeNull();
    expect(seen).toContain("ours.jsonl");
    expect(seen).toContain(`${PROMPTS} of ${PROMPTS}`);
  });

  it("explains why files that have no prompt in common cannot be compared, and shows what was loaded", async () => {
    const context = await testContext(kind);
    const apart = {
      ...twoFiles(),
      files: [outputs("ours"), fileOf("theirs.jsonl", `{"prompt": "Another?", "output": "Yes"}`)],
    };
    const { token, problem, report, isThere } = await startQuickStudy(context, apart);
    expect([token, isThere]).toEqual([null, false]);
    expect(problem).toContain("no prompt has a text and two different outputs");
    expect(JSON.stringify(report.warnings.listed)).toContain("no output for");
  });

  it("lets colleagues judge every pair once more, and both are in the report", async () => {
    const context = await testContext(kind);
    const { token } = await startQuickStudy(context, twoFiles());
    await (await page(context, token!)).judge(() => "Long", 3);
    const invitation = { study: "ours-vs-theirs", origin: "http://127.0.0.1:1", by: "test" };
    const first = await inviteColleagues(context, invitation);
    const { url, warning } = await inviteColleagues(context, invitation);
    expect(warning).toContain("earlier open link");
    expect(url).not.toBe(first.url);
    const app = await testApp(context);
    const reply = await app.inject({
      ...{ method: "POST", url: "/api/join", headers: HOST },
      payload: { link: url.split("#")[1], token: "x".repeat(43) },
    });
    const colleague = await page(context, reply.json<{ token: string }>().token);
    expect((await colleague.sheet()).runningFigure).toBeUndefined();
    expect((await colleague.figure()).status).toBe(401);
    await colleague.judge(() => "Long", 5);
    const report = await buildFullReport(context, { study: "ours-vs-theirs" });
    expect(report.judgments).toBe(8);
    await changeState(context, { study: "ours-vs-theirs", to: "closed", by: "test" });
    const closed = await buildFullReport(context, { study: "ours-vs-theirs" });
    expect(closed.analysis, "who sees figures may stop at will").toMatchObject({
      status: "exploratory",
      isSeen: true,
    });
    expect(formatReport(closed, "text")).toContain("an annotator sees how their own judgments stand");
  });
});

describe.each(DATABASES)("the running figure on %s", (kind) => {
  it("moves every ten pairs only, and is what was chosen", async () => {
    const context = await testContext(kind);
    const { token } = await startQuickStudy(context, twoFiles());
    const own = await page(context, token!);
    expect((await own.sheet()).runningFigure).toEqual({ every: 10 });
    const choices = (i: number) => (["Long", "Short", null, "Long"] as const)[i % 4]!;
    let before = (await own.figure()).body;
    expect(before.pairs).toEqual([]);
    for (let judged = 1; judged <= 21; judged++) {
      await own.judge(choices, 1);
      const { body } = await own.figure();
      if (judged % 10 !== 0) expect(body, `after ${judged}`).toEqual(before);
      else {
        const given = Array.from({ length: judged }, (_, i) => choices(i));
        const count = (one: string | null) => given.filter((choice) => choice === one).length;
        const [wins, ties, losses] = [count("Long"), count(null), count("Short")];
        const [pair] = body.pairs;
        expect(pair).toMatchObject({ system: "ours", against: "theirs", wins, ties, losses });
        expect(pair!.rate).toBeCloseTo((wins + ties / 2) / judged, 12);
        expect(pair!.low).toBeLessThan(pair!.rate);
        expect(pair!.high).toBeGreaterThan(pair!.rate);
      }
      before = body;
    }
  });

  it("does not move with an answer that is changed or taken back after it was shown", async () => {
    const still = await testContext(kind);
    let ms = still.clock().getTime();
    const context = { ...still, clock: () => new Date(ms++) };
    const { token } = await startQuickStudy(context, twoFiles());
    const own = await page(context, token!);
    await own.judge(() => "Long", 10);
    const { body: before } = await own.figure();
    const post = await own.change();
    await post("judgments", { choice: "tie" });
    expect((await own.figure()).body).toEqual(before);
    await post("skips", { reason: "other" });
    expect((await own.figure()).body).toEqual(before);
    await own.judge(() => "Long", 10);
    const [pair] = (await own.figure()).body.pairs;
    expect(pair).toMatchObject({ wins: 19, ties: 0, losses: 0 });
  });

  it("is of nobody in a study that shows none", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 3, baselines: 1, annotators: 1 });
    const [invited] = await inviteAnnotators(context, { study: "s", group: "crowd", count: 1, by: "test" });
    expect((await (await page(context, invited!.token)).figure()).status).toBe(401);
  });
});
