import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { JUDGMENT_COLUMNS } from "../../../server/export/columns.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { testContext } from "../../support/context.ts";
import { read } from "../loading/reading/reading-support.ts";
import { exported, newPath, rowsOf, uglyStudy } from "./export-support.ts";

const readBack = async (path: string) => {
  const file = await asyncBufferFromFile(path);
  const { schema, num_rows } = await parquetMetadataAsync(file);
  return { columns: schema.slice(1), count: Number(num_rows), rows: await parquetReadObjects({ file }) };
};

describe("judgments as Parquet", () => {
  it("hold what the JSON lines hold, typed", async () => {
    const context = await testContext("sqlite");
    await uglyStudy(context);
    const to = { path: newPath("parquet") };
    const { summary } = await exported(context, "parquet", { to });
    const lines = rowsOf((await exported(context, "jsonl")).text);
    const { columns, count, rows } = await readBack(to.path);
    expect(columns.map(({ name }) => name)).toEqual([...JUDGMENT_COLUMNS]);
    expect(count).toBe(lines.length);
    expect(summary.files).toEqual([{ path: to.path, rows: lines.length }]);
    expect(rows.some((row) => row.created_at instanceof Date)).toBe(true);
    const text = (value: unknown) => (value instanceof Date ? value.toISOString() : (value ?? null));
    const plain = rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, text(v)])));
    expect(plain).toEqual(lines);
  });

  it("load back as the JSON lines do", async () => {
    const context = await testContext("sqlite");
    await uglyStudy(context);
    const to = { path: newPath("parquet") };
    await exported(context, "parquet", { to });
    const lines = newPath("jsonl");
    await exported(context, "jsonl", { to: { path: lines } });
    const recordsOf = async (file: string) => (await read(file)).records.map((one) => ({ ...one, row: 0 }));
    expect(await recordsOf(to.path)).toEqual(await recordsOf(lines));
  });

  it("are a file without rows where there is no judgment, and nothing for standard output", async () => {
    const context = await testContext("sqlite");
    await createStudy(context, { name: "ugly" });
    const to = { path: newPath("parquet") };
    await exported(context, "parquet", { to });
    expect(await readBack(to.path)).toMatchObject({ count: 0, rows: [] });
    await expect(exported(context, "parquet", { to: { stream: process.stdout } })).rejects.toThrow("--out");
  });
});
