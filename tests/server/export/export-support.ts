import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Context } from "../../../server/context.ts";
import { loadFiles } from "../../../server/loading/load-files.ts";
import { exportStudy, type ExportRequest } from "../../../server/export/export-study.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { judgment, load, prompt, response } from "../loading/loading-support.ts";

export const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-export-"));

let files = 0;
export const newPath = (ending: string): string => path.join(folder, `${++files}.${ending}`);

/** Texts that break careless writers and readers. */
export const UGLY = [
  "line\u2028separator and \u2029 too",
  "a lone\rCR, a\r\nCRLF, a\nLF\tand a tab",
  '"quoted", and ""doubled"", with a comma',
  "😀 e\u0301 漢字 عربي \uFEFF",
  "=SUM(A1:A9)",
  "@cmd",
  "-1+1",
  "+1",
  "\ttab first",
  "\rCR first",
  "  spaces around  ",
  "null",
  "[1]",
] as const;

const SYSTEMS = ["=ours", "theirs, inc.", 'the "third"'] as const;
const PROMPTS = UGLY.map((text, i) => `${i} ${text}`);
const CHOICES = ["left", "right", "tie", "both_bad"] as const;

/** Loads a study whose every name and text is ugly, with repeats, two turns, times and a model's two orders. */
export async function uglyStudy(context: Context, name = "ugly"): Promise<void> {
  await createStudy(context, { name, seed: "ugly", target: SYSTEMS[0], baselines: SYSTEMS.slice(1) });
  const texts = PROMPTS.flatMap((id, i) => [
    { ...prompt(100 * i + 1, id, UGLY[i]!, "And then?"), metadata: { source: UGLY[i], level: i } },
    ...SYSTEMS.map((system, s) =>
      response(100 * i + 2 + s, id, system, `${system}: ${UGLY[i]}`, s === 0 ? "= yes" : `no ${UGLY[i]}`),
    ),
  ]);
  const report = await load(context, [source("texts", texts), source("judgments", uglyJudgments())], {
    study: name,
    yes: true,
  });
  if (!report.done) throw new Error(JSON.stringify(report.errors));
}

const source = (name: string, records: Parameters<typeof load>[1] extends unknown ? UglyRecords : never) => ({
  name,
  format: "test",
  contentHash: name,
  bytes: null,
  async *read() {
    for (let i = 0; i < records.length; i += 7) yield records.slice(i, i + 7).map((record) => ({ record }));
  },
});
type UglyRecords = (ReturnType<typeof prompt> | ReturnType<typeof response> | ReturnType<typeof judgment>)[];

function uglyJudgments() {
  const people = ['ann, "A"', "=bob", "çem\r", 'ann, "A"'];
  const groups = [
    { name: "crowd: one", kind: "crowd" as const },
    { name: "crowd: one", kind: "crowd" as const },
    { name: "@authors", kind: "author" as const },
    { name: "judge", kind: "model" as const },
  ];
  let row = 0;
  return PROMPTS.flatMap((promptId, p) =>
    people.flatMap((annotator, a) =>
      SYSTEMS.slice(1).flatMap((other, s) => {
        if ((p * 5 + a * 3 + s) % 4 === 1) return [];
        const sides = (p + a + s) % 2 === 0 ? [SYSTEMS[0], other] : [other, SYSTEMS[0]];
        const [leftSystem = "", rightSystem = ""] = sides;
        const made = (over: Partial<ReturnType<typeof judgment>>) => {
          const at = new Date(Date.UTC(2026, 0, 1) + ++row * 61_001).toISOString();
          const said = {
            ...{ promptId, annotator, leftSystem, rightSystem, group: groups[a]!, turn: 1 + ((p + s) % 2) },
            ...{ choice: CHOICES[(p * a + s + p) % 4]!, rationale: UGLY[row % UGLY.length]! },
            ...{
              createdAt: row % 9 === 0 ? null : at,
              activeMs: row % 5 === 0 ? null : row * 37,
              language: "en",
            },
            ...{
              judgmentId: row % 2 === 0 ? `id ${row}` : null,
              metadata: row % 3 === 0 ? { wave: row } : {},
              strength: row % 4 === 0 ? row % 3 : null,
            },
          };
          return judgment(row, { ...said, ...over });
        };
        const again = p % 3 === 0 ? [made({ choice: "tie" })] : [];
        const order = a === 3 ? [made({ leftSystem: rightSystem, rightSystem: leftSystem })] : [];
        return [made({}), ...again, ...order];
      }),
    ),
  );
}

/** Exports to a new file. @returns its path and what the export said */
export async function exported(context: Context, as: ExportRequest["as"], over: Partial<ExportRequest> = {}) {
  const file = newPath(as === "csv" ? "csv" : ["arena", "alpaca-eval"].includes(as) ? "json" : "jsonl");
  const request = { study: "ugly", as, to: { path: file }, ties: "drop" as const, spreadsheetSafe: false };
  const summary = await exportStudy(context, { ...request, ...over });
  return { file, summary, text: fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "" };
}

/** The rows of an exported file of JSON lines. */
export const rowsOf = (text: string): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Makes a study like another and loads files into it. */
export async function loadInto(
  context: Context,
  study: string,
  paths: readonly string[],
  format: "plain" | null = "plain",
  { made = false } = {},
) {
  if (!made)
    await createStudy(context, {
      name: study,
      seed: "ugly",
      target: SYSTEMS[0],
      baselines: SYSTEMS.slice(1),
    });
  const loaded = await loadFiles(context, {
    study,
    files: paths.map((file) => ({
      path: file,

      options: {
        ...{ format, map: new Map(), system: null, group: null, annotator: null },
        fileName: path.basename(file),
      },
    })),
    ...{ dryRun: false, skipBad: false, yes: false },
  });
  if (!loaded.done) throw new Error(JSON.stringify(loaded.errors));
  return loaded;
}

/** The report's JSON without the name of the study. */
export async function reportOf(context: Context, study: string): Promise<string> {
  const report = await buildFullReport(context, { study });
  return formatReport({ ...report, study: "" }, "json");
}
