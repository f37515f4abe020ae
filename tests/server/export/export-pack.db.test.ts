import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { packParts } from "../../../server/export/pack-parts.ts";
import type { Context } from "../../../server/context.ts";
import type { FullReport } from "../../../server/contract/report.ts";
import { anonymousDatabase } from "../../../server/export/anonymous-database.ts";
import { exportPack } from "../../../server/export/pack.ts";
import { readStudy } from "../../../server/analysis/rows/study-data.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { type GivenJudgment, StudyRows } from "../../support/study-rows.ts";
import { folder, loadInto, newPath, reportOf, rowsOf, uglyStudy } from "./export-support.ts";

const packed = async (context: Context, study = "ugly") => {
  const out = newPath("pack");
  const summary = await exportPack(context, { study, out }, packParts());
  const read = (name: string) => fs.readFileSync(path.join(out, name), "utf8");
  return { out, summary, read };
};

const METHODS = fs.readdirSync(path.resolve(import.meta.dirname, "../../../docs/methods"));

/** Files of a folder and of those below it, in the order of names. */
const filesIn = (top: string): string[] =>
  fs
    .readdirSync(top, { recursive: true, encoding: "utf8" })
    .filter((name) => fs.statSync(path.join(top, name)).isFile())
    .sort();

const recompute = (pack: string, cwd = folder) =>
  spawnSync(process.execPath, [path.join(pack, "recompute.mjs")], { cwd, encoding: "utf8" });

/** The choice of a judgment that counts. */
const COUNTED_LEFT = /("choice":)"left"(?=[^\n]*"status":"counted")/;
/** Without the first judgment that counts; lines end with LF alone. */
const withoutOne = (text: string): string => {
  const lines = text.split("\n");
  return lines
    .toSpliced(
      lines.findIndex((line) => line.includes('"status":"counted"')),
      1,
    )
    .join("\n");
};

const NAMES = ['ann, "A"', "=bob", "çem\r"];

describe.each(DATABASES)("a replication pack, on %s", (kind) => {
  let context: Context;
  let pack: Awaited<ReturnType<typeof packed>>;
  beforeAll(async () => {
    context = await testContext(kind);
    await uglyStudy(context);
    pack = await packed(context);
  });

  it("holds everything, with sums that are right", () => {
    const names = filesIn(pack.out);
    expect(names).toEqual(
      [
        ...METHODS.map((file) => `methods/${file}`),
        ...["protocol.json", "instructions.md", "prompts.jsonl", "responses.jsonl", "judgments.jsonl"],
        ...["report.json", "report.md", "README.md", "SHA256SUMS", "recompute.mjs"],
      ].sort(),
    );
    const sums = pack.read("SHA256SUMS").trim().split("\n");
    expect(sums).toHaveLength(names.length - 1);
    for (const line of sums) {
      const [sum, name = ""] = line.split("  ");
      expect(createHash("sha256").update(pack.read(name)).digest("hex")).toBe(sum);
    }
    expect(pack.read("methods/pairs.md")).toContain("## Half-tie rate by prompt");
    expect(pack.read("instructions.md")).toContain("significantly better");
    expect(JSON.parse(pack.read("protocol.json"))).toMatchObject({ study: "ugly", seed: "ugly", hash: null });
  });

  it("matches its report, by its own script in another folder", () => {
    const { status, stdout } = recompute(pack.out);
    expect(stdout).toContain("All figures match the report.");
    expect(stdout.match(/^same /gm)!.length).toBeGreaterThan(5);
    expect(status).toBe(0);
  });

  it.each([
    ["one choice is edited", (text: string) => text.replace(COUNTED_LEFT, '$1"tie"')],
    ["a judgment is gone", withoutOne],
    ["one more counts", (text: string) => text.replace('"status":"repeat"', '"status":"counted"')],
  ])("does not match where %s", (_what, edit) => {
    const copy = newPath("pack");
    fs.cpSync(pack.out, copy, { recursive: true });
    const file = path.join(copy, "judgments.jsonl");
    const before = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, edit(before));
    expect(fs.readFileSync(file, "utf8")).not.toBe(before);
    const { status, stdout } = recompute(copy);
    expect(stdout).toMatch(/Figures that do not match the report: \d+/);
    expect(stdout).toMatch(/^ +(win|tie|loss|judgments) is /m);
    expect(status).toBe(1);
  });

  it.each(["halfTieRate", "halfTieRateByPrompt"] as const)(
    "does not match where an interval of %s is edited",
    (name) => {
      const copy = newPath("pack");
      fs.cpSync(pack.out, copy, { recursive: true });
      const file = path.join(copy, "report.json");
      const report = JSON.parse(fs.readFileSync(file, "utf8")) as FullReport;
      const pair = report.pairs.find((one) => "low" in one[name] && /\(score, t, /.test(one[name].method))!;
      pair[name] = { ...pair[name], low: 0.25 };
      fs.writeFileSync(file, JSON.stringify(report));
      const { status, stdout } = recompute(copy);
      expect(stdout).toMatch(
        new RegExp(`low of ${name} is 0\\.\\d+ by the judgments, and 0\\.25 in the report`),
      );
      expect(status).toBe(1);
    },
  );

  it("is not what it was where a judgment is edited that is in no figure", () => {
    const copy = newPath("pack");
    fs.cpSync(pack.out, copy, { recursive: true });
    const file = path.join(copy, "judgments.jsonl");
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, text.replace(/("choice":)"tie"(?=[^\n]*"status":"repeat")/, '$1"left"'));
    const { status, stdout } = recompute(copy);
    expect(stdout).toContain("All figures match the report.");
    expect(stdout).toContain("judgments.jsonl was changed");
    expect(status).toBe(1);
  });

  it("says what is missing", () => {
    const copy = newPath("pack");
    fs.cpSync(pack.out, copy, { recursive: true });
    fs.rmSync(path.join(copy, "judgments.jsonl"));
    expect(recompute(copy)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("judgments.jsonl") as string,
    });
  });

  it("names no person, but the judge model", () => {
    const rows = rowsOf(pack.read("judgments.jsonl"));
    const names = new Set(rows.map((row) => String(row.annotator)));
    expect([...names].sort()).toEqual(["a01", "a02", "a03", NAMES[0]]);
    const judges = rows.filter((row) => row.annotator === NAMES[0]).map((row) => row.group_kind);
    expect(new Set(judges)).toEqual(new Set(["model"]));
    expect(rows.every((row) => row.metadata === null && /^j\d+$/.test(String(row.judgment_id)))).toBe(true);
    for (const name of [...NAMES.slice(1), "id 2"]) {
      for (const file of ["report.json", "report.md", "protocol.json"]) {
        expect(pack.read(file)).not.toContain(JSON.stringify(name).slice(1, -1));
      }
    }
  });

  it("reads the report's own annotators under the names of the file", async () => {
    const people = await context.database.read(({ db }) =>
      db
        .selectFrom("annotator as a")
        .innerJoin("annotator_group as g", "g.id", "a.group_id")
        .select("a.id")
        .where("g.kind", "<>", "model")
        .execute(),
    );
    const names = new Map(people.map(({ id }) => [id, `neutral ${id}`]));
    const data = await context.database.read((reader) =>
      anonymousDatabase(context.database, reader, names).read((one) => readStudy(one, "ugly")),
    );
    const read = data.annotators.map(({ name }) => name);
    expect(read.filter((name) => name.startsWith("neutral ")).length).toBe(people.length);
    expect(read.filter((name) => !name.startsWith("neutral "))).toHaveLength(1);
  });

  it("loads again and gives the report that lies in it", async () => {
    const study = "from the pack";
    await loadInto(
      context,
      study,
      ["prompts", "responses", "judgments"].map((name) => path.join(pack.out, `${name}.jsonl`)),
    );
    const there = { ...(JSON.parse(pack.read("report.json")) as object), study: "" };
    expect(JSON.parse(await reportOf(context, study))).toEqual(there);
  });

  it("is never mixed with what is there", async () => {
    await expect(exportPack(context, { study: "ugly", out: pack.out }, packParts())).rejects.toThrow(
      "new folder",
    );
    const out = newPath("pack");
    await expect(exportPack(context, { study: "none", out }, packParts())).rejects.toThrow("none");
    expect(fs.existsSync(out) || fs.existsSync(`${out}.part`)).toBe(false);
  });
});

it("matches where some are excluded, some stay out of the headline, and nothing is loaded", async () => {
  const context = await testContext("sqlite");
  const judged = (annotator: string, over: Partial<GivenJudgment> = {}): GivenJudgment => ({
    ...{ prompt: "p1", left: "A", right: "B", group: "crowd", annotator, choice: "left" },
    ...over,
  });
  const groups = [
    { name: "crowd", kind: "crowd" as const },
    { name: "visitors", kind: "crowd" as const, headline: false },
    { name: "judge", kind: "model" as const },
  ];
  await new StudyRows(context, {
    ...{ name: "rows", groups, systems: ["A", { name: "B", displayName: "A" }, "C"] },
    pairs: { target: "A", baselines: ["B", "nobody"] },
  })
    .judge(judged("one"), judged("two", { choice: "tie" }), judged("out", { choice: "right" }))
    .judge(judged("guest", { group: "visitors", prompt: "p2", choice: "both_bad" }))
    .judge(judged("late", { surplus: true }), judged("gpt", { group: "judge", left: "B", right: "A" }))
    .judge(judged("one", { prompt: "p3", left: "C", right: "B" }))
    .exclude("out", "slept")
    .write();
  const pack = await packed(context, "rows");
  expect(recompute(pack.out)).toMatchObject({ status: 0, stderr: "" });
  expect(rowsOf(pack.read("judgments.jsonl")).filter((row) => row.excluded_by === "slept")).toHaveLength(1);
});

it("makes one verdict of a model's two orders, as the report does", async () => {
  const context = await testContext("sqlite");
  const groups = [{ name: "judge", kind: "model" as const }];
  const twice = (prompt: string, first: GivenJudgment["choice"], second: GivenJudgment["choice"]) => {
    const by = { prompt, group: "judge", annotator: "m", origin: "loaded" as const };
    return [
      { ...by, left: "A", right: "B", choice: first },
      { ...by, left: "B", right: "A", choice: second, presentation: 1 },
    ];
  };
  await new StudyRows(context, { name: "orders", groups, systems: ["A", "B"] })
    .judge(...twice("p1", "left", "right"), ...twice("p2", "left", "left"), ...twice("p3", "tie", "left"))
    .judge(...twice("p4", "both_bad", "both_bad"))
    .write();
  const pack = await packed(context, "orders");
  expect(JSON.parse(pack.read("report.json"))).toMatchObject({
    pairs: [{}, { win: { count: 1 }, tie: { count: 3 }, loss: { count: 0 }, bothBad: 1 }],
  });
  expect(recompute(pack.out)).toMatchObject({ status: 0, stderr: "" });
});

it("has the degrees of freedom of the report where few annotators judged the same prompts", async () => {
  const context = await testContext("sqlite");
  const choices = ["left", "left", "tie", "left", "right"] as const;
  const judgments = Array.from({ length: 60 }, (_, i): GivenJudgment => {
    const [prompt, annotator] = [Math.floor(i / 3), i % 3];
    const choice = choices[(prompt * 2 + annotator * (prompt % 3)) % choices.length]!;
    return {
      prompt: `p${prompt}`,
      left: "A",
      right: "B",
      group: "crowd",
      annotator: `a${annotator}`,
      choice,
    };
  });
  const groups = [{ name: "crowd", kind: "crowd" as const }];
  await new StudyRows(context, { name: "few", groups, systems: ["A", "B"] }).judge(...judgments).write();
  const pack = await packed(context, "few");
  const { pairs } = JSON.parse(pack.read("report.json")) as FullReport;
  expect(pairs[0]!.halfTieRateByPrompt).toMatchObject({
    method: expect.stringMatching(/^two-way .*\(score, t, \d+\.\d df\)$/) as string,
  });
  expect(recompute(pack.out)).toMatchObject({ status: 0, stderr: "" });
});
