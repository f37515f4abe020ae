import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadFiles } from "../../../server/loading/load-files.ts";
import { reportText } from "../../../server/loading/report-text.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { contents } from "./loading-support.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-outputs-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** What a load of files with these contents comes to, in a new study of ours and theirs. */
async function loaded(kind: (typeof DATABASES)[number], files: Readonly<Record<string, string>>) {
  const context = await testContext(kind);
  await createStudy(context, { name: "s", target: "ours", baselines: ["theirs"] });
  const list = Object.entries(files).map(([name, text]) => {
    const target = path.join(folder, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
    const said = { format: null, map: new Map(), system: null, group: null, annotator: null };
    return { path: target, options: { ...said, fileName: target } };
  });
  const request = { study: "s", dryRun: false, skipBad: false, yes: false, by: "test", files: list };
  const report = await loadFiles(context, request);
  const again = await loadFiles(context, request);
  const all = await contents(context);
  const names = new Map((all.system as { id: number; name: string }[]).map(({ id, name }) => [id, name]));
  const responses = (all.response as { system_id: number }[]).map((one) => names.get(one.system_id));
  const remarks = report.warnings.listed.map(({ name, message }) => `${name}: ${message}`);
  return { report, again, all, responses, remarks, text: reportText(report) };
}

const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

const request = (custom_id: string, text: string) => ({
  ...{ custom_id, method: "POST", url: "/v1/chat/completions" },
  body: {
    model: "ours",
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: text },
    ],
  },
});
const reply = (custom_id: string, content: string, finish_reason = "stop") => ({
  ...{ id: custom_id, custom_id, error: null },
  response: {
    status_code: 200,
    body: { model: "ours-2026-01-01", choices: [{ message: { content }, finish_reason }] },
  },
});
const expired = {
  id: "x",
  custom_id: "c",
  response: null,
  error: { code: "batch_expired", message: "Too late." },
};

describe.each(DATABASES)("outputs of tools on %s", (kind) => {
  it("of a batch are joined to their requests in any order of files and rows, and failed ones are named", async () => {
    const { report, again, all, responses, remarks, text } = await loaded(kind, {
      "out.jsonl": lines([reply("b", "Sechs."), expired, reply("a", "Thymi", "length")]),
      "in.jsonl": lines([request("a", "Name a herb."), request("b", "How many legs?"), request("c", "Why?")]),
    });
    expect(report.errors).toEqual({ listed: [], more: 0 });
    expect(responses).toEqual(["ours", "ours"]);
    expect(all.prompt).toHaveLength(3);
    expect((all.prompt_text as { turns: string; metadata: string }[])[0]).toMatchObject({
      turns: JSON.stringify(["Name a herb."]),
      metadata: expect.stringContaining('"system_message":"Be brief."') as string,
    });
    expect(remarks).toContain("OutputFailed: No output was taken: batch_expired, Too late.");
    expect(remarks).toContain("OutputTruncated: The output of ours was cut off at its limit.");
    expect(text).toContain("read as openai_batch_replies");
    expect(again.files.map((file) => file.outcome)).toEqual(["unchanged", "unchanged"]);
  });

  it("that all failed are no load, whatever the reasons", async () => {
    const { report, all } = await loaded(kind, {
      "out.jsonl": lines([expired, { ...expired, custom_id: "d" }]),
    });
    expect(report.done).toBe(false);
    expect(report.errors.listed).toMatchObject([{ name: "NothingRead" }]);
    expect(all.response).toEqual([]);
  });

  it("are of the system that the folder names, each document once", async () => {
    const sample = (doc_id: number, text: string, filter: string) => ({
      ...{ doc_id, doc: { question: "Q?" }, arguments: { gen_args_0: { arg_0: `Q${doc_id}` } }, target: "" },
      ...{ resps: [[text]], filtered_resps: [text], filter, metrics: [] },
    });
    const rows = (text: string) =>
      lines(["none", "strict"].flatMap((filter) => [1, 2].map((id) => sample(id, `${text} ${id}`, filter))));
    const file = "samples_kitchen_2026-01-01T00-00-00.000000.jsonl";
    const { report, responses, all, remarks } = await loaded(kind, {
      [`lm/ours/${file}`]: rows("Ja"),
      [`lm/theirs/${file}`]: rows("Nein"),
    });
    expect(report.errors).toEqual({ listed: [], more: 0 });
    expect(responses.toSorted()).toEqual(["ours", "ours", "theirs", "theirs"]);
    expect((all.prompt as { external_id: string }[]).map((one) => one.external_id)).toEqual([
      "kitchen/1",
      "kitchen/2",
    ]);
    expect(remarks.filter((one) => one.startsWith("OutputAgain"))).toEqual(
      Array<string>(2).fill(
        'OutputAgain: Rows of the filter "strict" were not taken, as those of "none" hold the same outputs.',
      ),
    );
  });
});
