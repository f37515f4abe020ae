import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadFiles } from "../../../server/loading/load-files.ts";
import { parseFieldMap } from "../../../server/loading/reading/field-map.ts";
import { reportText } from "../../../server/loading/report-text.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { testContext } from "../../support/context.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-advice-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function newStudy() {
  const context = await testContext("sqlite");
  await createStudy(context, { name: "s" });
  /** The loading report of a file with this content, as the command line prints it. */
  return async (name: string, content: string, map = ""): Promise<string> => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, content);
    const said = { format: null, system: null, group: null, annotator: null };
    const options = { ...said, map: parseFieldMap(map), fileName: name };
    const files = [{ path: file, options }];
    const flags = { study: "s", dryRun: false, skipBad: false, yes: false, by: "test" };
    return reportText(await loadFiles(context, { ...flags, files }));
  };
}

describe("a file of judgments under other names", () => {
  const VOTES = "id,prompt,model_x,model_y,worker,winner,left,right\n0,8,97,98,58,tie,Ours,Theirs\n";

  it("is not taken for prompts, and is told a map that reads it", async () => {
    const load = await newStudy();
    const refused = await load("votes.csv", VOTES);
    const advice = "votes.csv:prompt_id=prompt,system_a=left,system_b=right,annotator=worker";
    expect(refused).toContain(`for example ${advice} `);
    const read = await load("votes.csv", VOTES, advice.replace("votes.csv:", ""));
    expect(read).toContain("judgments: 1 read, 1 new");
  });

  it("is told to take prompts of several lines for texts, since they are no ids", async () => {
    const load = await newStudy();
    const votes = 'prompt,model_x,model_y,worker,winner,left,right\n"a\nb",97,98,58,tie,Ours,Theirs\n';
    const advice = /for example lines\.csv:(\S+) /.exec(await load("lines.csv", votes))?.[1];
    expect(advice).toBe("system_a=left,system_b=right,annotator=worker");
    expect(await load("lines.csv", votes, advice)).toContain("judgments: 1 read, 1 new");
  });

  it("is told in capitals what its columns do not tell", async () => {
    const load = await newStudy();
    const refused = await load("v.csv", "prompt,first,second,vote\nOne?,a,b,a\n");
    expect(refused).toContain(
      "v.csv:prompt_id=prompt,system_a=FIRST,system_b=SECOND,winner=vote,annotator=WHO",
    );
  });

  it("is asked for the column of its annotators before one name for all", async () => {
    const load = await newStudy();
    const rows = "prompt_id,left_system,right_system,choice,author\np1,a,b,left,me\n";
    expect(await load("v.csv", rows)).toContain(
      "There is no annotator. Map the column with the annotator (FILE:annotator=author; other columns: author)",
    );
    expect(await load("v.csv", rows, "annotator=author")).toContain("1 read, 1 new");
  });
});

describe("a file of texts under other names", () => {
  const json = (...rows: object[]) => rows.map((row) => JSON.stringify(row)).join("\n");

  it.each([
    ["one output", { prompt: "Name a fish.", answer: "A cod." }, "output=answer", "responses: 1 read"],
    [
      "an instruction and its question",
      { instruction: "Answer in a word.", question: "Which fish?", answer: "A cod." },
      "prompt=instruction+question,output=answer",
      "responses: 1 read",
    ],
    ["no prompts", { id: 7, result: "A cod." }, "output=result,prompt_id=id", "responses: 1 read, 1 new"],
    [
      "prompts by their ids, and systems",
      { id: 70, prompt: 3, model: "ours", result: "A cod." },
      "output=result,prompt_id=prompt,system=model",
      "responses: 1 read",
    ],
    [
      "a column of systems",
      { question: "Name a fish.", model_id: "ours", completion: "A cod." },
      "prompt=question,output=completion,system=model_id",
      "responses: 1 read",
    ],
    [
      "a list of samples",
      { prompt: "Name a fish.", response: ["A cod.", "A hake."] },
      "output=response.0",
      "responses: 1 read",
    ],
    ["texts alone", ["Name a fish.", "Name a bee."], "prompt=text", "prompts: 2 read"],
    ["no outputs", { Skill: "Sea", Instruction: "Name a fish." }, "prompt=Instruction", "prompts: 1 read"],
  ])("is told a mapping that reads it: %s", async (_, row, map, read) => {
    const load = await newStudy();
    expect(await load("t.jsonl", json(row))).toContain(`'t.jsonl:${map}'`);
    expect(await load("t.jsonl", json(row), map)).toContain(read);
  });

  it.each([
    ["ours.jsonl", { question: "Name a fish.", response: "A cod." }, true],
    ["ours.jsonl", { id: 1, prompt: "Name a fish.", completion: "" }, true],
    ["ours.jsonl", { prompt: "Name a fish.", response: ["A cod."] }, false],
    ["ours.jsonl", { prompt: "Name a fish.", response: "A cod.", extra: "This one was short" }, false],
    ["ours.jsonl", { prompt: "Name a fish.", response: "A cod.", context: "Sea" }, false],
    ["ours.jsonl", { prompt: "Name a fish.", question: "Which?", response: "A cod." }, false],
    ["data.jsonl", { prompt: "Name a fish.", response: "A cod." }, false],
  ])(
    "is read as prompts and outputs where nothing else can be meant: %s, %j, %s",
    async (name, row, isRead) => {
      const load = await newStudy();
      const said = await load(name, json(row));
      if (isRead)
        expect(said).toMatch(
          /responses: 1 read[^]*is read as the prompt, and .* of the system ours; --system/,
        );
      else expect(said).not.toContain("responses: 1 read");
    },
  );

  it("may be a system per column or outputs of one, and the choice is the researcher's", async () => {
    const load = await newStudy();
    const refused = await load(
      "t.jsonl",
      json({ text: "Name a fish.", Answer1: "A cod.", Answer2: "A hake." }),
    );
    expect(refused).toContain("Answer1 or Answer2 may be outputs.");
    expect(refused).toContain("'t.jsonl:prompt=text' --format wide");
    expect(refused).toContain("'t.jsonl:prompt=text,output=Answer1'");
    expect(refused).not.toContain("recipe");
    const judged = {
      text: "Name a fish.",
      Answer1: "A cod.",
      Answer2: "A hake.",
      annotator_1: "x",
      annotator_2: "y",
    };
    expect(await load("t.jsonl", json(judged))).toContain("annotator_1, annotator_2 look like verdicts");
  });

  it("is told in general where nothing shows what it holds", async () => {
    const load = await newStudy();
    expect(await load("t.jsonl", json({ sample: "abba", a: 2, b: 2 }))).toContain(
      "The fields are sample, a, b. Map them (FILE:prompt=THEIRS,output=THEIRS)",
    );
  });
});

describe("an oddity of a row", () => {
  it("is told by its place in a JSON list, and by its line elsewhere", async () => {
    const load = await newStudy();
    const rows = [
      { prompt_id: 1, prompt: "One?" },
      { prompt_id: 2, prompt: true },
    ];
    expect(await load("list.json", JSON.stringify(rows, null, 2))).toContain(
      "list.json, row 2: prompt is true",
    );
    const lines = rows.map((row) => JSON.stringify(row)).join("\n");
    expect(await load("lines.jsonl", lines)).toContain("lines.jsonl, line 2: prompt is true");
    await load("first.json", JSON.stringify([{ prompt_id: 7, prompt: "Seven?" }]));
    const other = await load("second.csv", "prompt_id,prompt\n7,Eight?\n");
    expect(other).toMatch(/second\.csv, line 2: .* in first\.json, row 1\./);
  });

  it("is a prompt without a text, also when it is there already", async () => {
    const load = await newStudy();
    const rows = [
      { prompt_id: 1, prompt: "" },
      { prompt_id: 2, prompt: " \n" },
      { prompt_id: 3, prompt: "Three?" },
    ];
    const content = rows.map((row) => JSON.stringify(row)).join("\n");
    for (let time = 0; time < 2; time++) {
      const report = await load("prompts.jsonl", content);
      expect(report).toContain("prompts.jsonl, line 1: The prompt “1” is empty.");
      expect(report).toContain("prompts.jsonl, line 2: The prompt “2” has nothing but white space.");
      expect(report).not.toContain("line 3");
    }
  });
});
