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
