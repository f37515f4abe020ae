import fs from "node:fs";
import os from "node:os";
import { afterEach, describe, expect, it } from "vitest";
import { reportsInThread } from "../../../server/reports/report-thread.ts";
import { type ReportService, typesetFigure } from "../../../server/reports/report-service.ts";
import { testContext } from "../../support/context.ts";
import { StudyRows } from "../../support/study-rows.ts";

/** The 19th field of a thread's line, of which the second is a name in brackets that may hold blanks. */
const niceOf = (stat: string) => Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);

/** The threads of this process; none where the system does not list them, nor gives them priorities. */
const threads = () => (fs.existsSync("/proc/self/task") ? fs.readdirSync("/proc/self/task") : []);
const niceOfThread = (id: string) => niceOf(fs.readFileSync(`/proc/self/task/${id}/stat`, "utf8"));

describe("the thread that makes reports", () => {
  let desk: ReportService | null = null;
  afterEach(() => desk?.close());

  it("answers, refuses by name, and comes back after it was ended", async () => {
    const context = await testContext("sqlite");
    await new StudyRows(context, {
      name: "s",
      systems: ["baseline", "target"],
      groups: [{ name: "crowd", kind: "crowd" }],
      pairs: { target: "target", baselines: ["baseline"] },
    })
      .judge({
        prompt: "p",
        annotator: "a",
        choice: "left",
        left: "target",
        right: "baseline",
        group: "crowd",
      })
      .write();
    desk = reportsInThread({ url: context.url });
    const report = JSON.parse(await desk.answer({ study: "s", part: "report" })) as { judgments: number };
    expect(report.judgments).toBe(1);
    const refused = desk.answer({ study: "other", part: "report" });
    await expect(refused).rejects.toMatchObject({ name: "StudyNotFound", status: 404 });
    await desk.close();
    expect(JSON.parse(await desk.answer({ study: "s", part: "position" }))).toHaveProperty("left");
  });

  it("makes files of charts, and names what no font has", async () => {
    const { url } = await testContext("sqlite");
    desk = reportsInThread({ url });
    const svg = (text: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><title>t</title><desc>d</desc><text x="1" y="12">${text}</text></svg>`;
    const of = { made: "2026-01-05T09:00:00.000Z", creator: "test" };
    for (const [format, start] of [["pdf", "%PDF-"] as const, ["png", "\x89PNG"] as const])
      expect((await typesetFigure(desk, { ...of, svg: svg("Words"), format })).toString("latin1")).toMatch(
        new RegExp(`^${start}`),
      );
    const missing = typesetFigure(desk, { ...of, svg: svg("\u{13000}"), format: "pdf" });
    await expect(missing).rejects.toMatchObject({ name: "GlyphsMissing" });
  });

  it("gives way to those that take judgments, where threads have priorities", async () => {
    const context = await testContext("sqlite");
    const before = new Set(threads());
    desk = reportsInThread({ url: context.url });
    await expect(desk.answer({ study: "none", part: "report" })).rejects.toThrow();
    const lower = Math.min(os.getPriority() + 10, 19);
    const begun = threads().filter((id) => !before.has(id));
    expect(begun.filter((id) => niceOfThread(id) === lower)).toHaveLength(before.size === 0 ? 0 : 1);
  });
});
