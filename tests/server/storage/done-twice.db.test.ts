import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadFiles } from "../../../server/loading/load-files.ts";
import { parseFieldMap } from "../../../server/loading/reading/field-map.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { doneTwice } from "../../support/twice.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-twice-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe.each(DATABASES)("a load whose transactions are done again, on %s", (kind) => {
  it.each([false, true])("stores the same, prompts that are nearly the same joined: %s", async (near) => {
    const plain = await testContext(kind);
    const context = doneTwice(plain);
    await createStudy(context, { name: "s", target: "ours", baselines: ["theirs"] });
    const rows = [1, 2, 3].flatMap((i) =>
      ["ours", "theirs"].map((system, space) => ({
        ...{ prompt: `What is ${i}?${near ? " ".repeat(space) : ""}`, system, output: `${system} says ${i}` },
      })),
    );
    const file = path.join(folder, "outputs-of-two.jsonl");
    fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    const said = { format: null, system: null, group: null, annotator: null, near };
    const options = { ...said, map: parseFieldMap(""), fileName: file };
    const request = { study: "s", dryRun: false, skipBad: false, yes: false, by: "test" };
    await loadFiles(context, { ...request, files: [{ path: file, options }] });
    const stored = await plain.database.read(async ({ db }) => ({
      prompts: (await db.selectFrom("prompt").select("id").execute()).length,
      texts: (await db.selectFrom("prompt_text").select("prompt_id").execute()).length,
      responses: (await db.selectFrom("response").select("id").execute()).length,
    }));
    expect(stored).toEqual({ prompts: 3, texts: 3, responses: 6 });
  });
});
