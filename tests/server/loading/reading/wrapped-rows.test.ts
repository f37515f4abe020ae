import { describe, expect, it } from "vitest";
import { written } from "./reading-support.ts";

const ROWS = [
  { prompt: "Name a fish.", output: "Cod." },
  { prompt: "Name a herb.", output: "Thyme." },
];
const EXPECTED = [
  { row: 1, promptTurns: ["Name a fish."], turns: ["Cod."], system: "ours" },
  { row: 2, promptTurns: ["Name a herb."], turns: ["Thyme."], system: "ours" },
];
const column = (name: "prompt" | "output", keys: readonly string[]) =>
  Object.fromEntries(ROWS.map((row, i) => [keys[i], row[name]])) as Record<string, string>;
const columns = (keys: readonly string[]) => ({
  prompt: column("prompt", keys),
  output: column("output", keys),
});
const viewer = (cut: readonly string[]) => ({
  features: [{ feature_idx: 0, name: "prompt", type: { dtype: "string", _type: "Value" } }],
  rows: ROWS.map((row, i) => ({ row_idx: i + 40, row, truncated_cells: i === 0 ? cut : [] })),
  num_rows_total: 2,
  partial: false,
});

const FILES: [string, unknown][] = [
  ["a list under data", { data: ROWS }],
  ["a list under rows", { version: 1, rows: ROWS }],
  ["a list under examples, with what it is about", { info: { licence: "MIT" }, examples: ROWS }],
  ["a page of Hugging Face's viewer", viewer([])],
  ["pandas' columns", columns(["0", "1"])],
  ["pandas' columns of a filtered table", columns(["7", "30"])],
  ["pandas' index", { "0": ROWS[0], "1": ROWS[1] }],
  ["an object keyed by numbers", { "10": ROWS[0], "11": ROWS[1] }],
  ["pandas' split", { columns: ["prompt", "output"], index: [0, 1], data: ROWS.map(Object.values) }],
  [
    "pandas' table",
    {
      schema: { fields: [{ name: "index" }, { name: "prompt" }, { name: "output" }], primaryKey: ["index"] },
      data: ROWS.map((row, index) => ({ index, ...row })),
    },
  ],
];

describe("a JSON file that is one object around its rows", () => {
  it.each(FILES)("of %s is read, on one line and on many", async (_, file) => {
    for (const indent of [undefined, 1]) {
      const { records, problems } = await written("ours.json", JSON.stringify(file, null, indent));
      expect(problems).toEqual([]);
      expect(records).toMatchObject(EXPECTED);
      expect(records.every((one) => "metadata" in one && Object.keys(one.metadata).length === 0)).toBe(true);
    }
  });

  it("whose cells the viewer cut off is refused by row and column", async () => {
    const { problems } = await written("ours.json", JSON.stringify(viewer(["output"])));
    expect(problems).toMatchObject([{ row: 1, name: "CellsCutOff" }]);
    expect(problems[0]?.message).toMatch(/cut off output/);
  });

  it.each<[string, unknown, RegExp]>([
    ["several lists", { prompts: ROWS, outputs: ROWS }, /2 rows under prompts, 2 rows under outputs/],
    ["a list under a name of its own", { zebra: ROWS }, /2 rows under zebra.*'ours\.json:rows=zebra'/],
    ["a list beside the system's name", { model: "gpt-4", data: ROWS }, /2 rows under data/],
    ["objects under names", { first: ROWS[0], second: ROWS[1] }, /2 objects under first, second/],
    [
      "lists of one length",
      { prompt: ["a", "b"], output: ["c", "d"] },
      /prompt, output are lists of 2.*put it into a list/,
    ],
    [
      "a known format's own list",
      { eval: {}, plan: {}, status: "error", results: ROWS },
      /a log of inspect_ai/,
    ],
  ])("with %s is not guessed at", async (_, file, message) => {
    const { records, problems } = await written("ours.json", JSON.stringify(file));
    expect(records).toEqual([]);
    expect(problems[0]?.message).toMatch(message);
  });

  it("is a row where its fields are those of one", async () => {
    const chat = { prompt_id: 1, messages: [{ role: "user", content: "2+2?" }] };
    expect((await written("one.json", JSON.stringify(chat))).records).toMatchObject([{ turns: ["2+2?"] }]);
    expect((await written("one.json", JSON.stringify(ROWS[0]))).records).toMatchObject([{ turns: ["Cod."] }]);
  });

  it("and others one after another are rows", async () => {
    for (const mark of ["\n", ",\n", " "])
      expect(
        (await written("ours.json", ROWS.map((row) => JSON.stringify(row)).join(mark))).records,
      ).toMatchObject(EXPECTED);
    const indented = ROWS.map((row) => JSON.stringify(row, null, 2)).join("\n");
    expect((await written("ours.json", indented)).records).toMatchObject(EXPECTED);
  });
});
