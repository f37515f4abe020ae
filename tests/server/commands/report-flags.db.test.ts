import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { tiebreakInProcess } from "../../support/in-process.ts";

const env = { DATABASE_URL: path.join(os.tmpdir(), `tiebreak-report-flags-${process.pid}.db`) };

it("refuses a format that --json would override, and takes the one that it is", async () => {
  await tiebreakInProcess(["study", "create", "s"], env);
  const report = async (...flags: string[]) => {
    const { code, stdout } = await tiebreakInProcess(["report", "s", "--json", ...flags], env);
    return { code, reply: JSON.parse(stdout) as object };
  };
  expect(await report("--format", "html")).toEqual({
    code: 2,
    reply: {
      error: "ReportArgumentWrong",
      message: "--json writes the report as JSON: omit it, or omit --format html.",
    },
  });
  expect(await report("--part", "all")).toMatchObject({ code: 2, reply: { error: "ReportArgumentWrong" } });
  for (const same of [[], ["--format", "json"]])
    expect(await report(...same)).toMatchObject({ code: 0, reply: { study: "s" } });
});

it("prints a kept snapshot as it was, in every format, and says where there is none", async () => {
  const of = { DATABASE_URL: `${env.DATABASE_URL}-kept` };
  const run = (...args: string[]) => tiebreakInProcess(args, of);
  await run("demo", "lima");
  const now = await run("report", "lima", "--format", "text");
  const csvOf = async (part: string) =>
    (await run("report", "lima", "--format", "csv", "--part", part)).stdout.split("\n");
  const [header, ...all] = await csvOf("all");
  const ofRanking = all.filter((row) => row.startsWith("ranking,"));
  expect(ofRanking.length).toBeGreaterThan(0);
  expect(await csvOf("ranking")).toEqual([header, ...ofRanking, ""]);
  const ranked = (await run("report", "lima", "--part", "ranking")).stdout;
  const section = /\nRanking\n═+\n[^]*?(?=\n\n[^\n]+\n═|\n\nBrackets)/;
  expect(section.exec(ranked)?.[0]).toBe(section.exec(now.stdout)?.[0]);
  expect(ranked.match(/═+/g)).toHaveLength(1);
  expect((await run("report", "lima", "--part", "pairs")).stdout).toContain(
    "LIMA was preferred to Alpaca 65B",
  );
  expect(await run("report", "lima", "--kept")).toMatchObject({ code: 2 });
  await run("report", "lima", "--snapshot");
  await run("exclude", "lima", "--annotator", "votes", "--rule", "a rule");
  await run("study", "change", "lima", "--public-title", "Another");
  const kept = await run("report", "lima", "--kept", "1", "--format", "json");
  expect(JSON.parse(kept.stdout)).toMatchObject({ study: "lima", snapshot: { number: 1 } });
  const text = await run("report", "lima", "--kept");
  const win = /LIMA was preferred to Alpaca 65B in [^,]+/;
  expect(text.stdout.match(win)?.[0]).toBe(now.stdout.match(win)?.[0]);
  expect(text.stderr).toContain("This is snapshot 1, taken ");
  expect(await run("report", "lima", "--kept", "2")).toMatchObject({ code: 2 });
  for (const flag of ["--look", "--snapshot", "--verify"])
    expect((await run("report", "lima", "--kept", flag)).stderr).toContain("--kept prints a snapshot");
  expect((await run("report", "lima", "--kept", "--group", "x")).stderr).toContain("omit --group");
});
