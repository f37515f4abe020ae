import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { loadFiles } from "../../../server/loading/load-files.ts";
import type { Fields } from "../../../server/loading/reading/field-map.ts";
import { reportText } from "../../../server/loading/report-text.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { testContext } from "../../support/context.ts";
import { FIRST, times } from "../../support/effort.ts";
import {
  type Fixture,
  FIXTURES,
  type Leaf,
  leavesIn,
  mutated,
  withValueAt,
  type Writing,
  WRITINGS,
} from "./mutations.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-mutated-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const SAID = { format: null, map: new Map(), system: null, group: null, annotator: null };

/** Numbers that follow from a seed alone (mulberry32). */
function drawFrom(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n) | 0;
  };
}

interface Loaded {
  readonly done: boolean;
  /** The report as the command prints it. */
  readonly said: string;
  /** Whether the file was refused because of what one of its rows says. */
  readonly isRowAtFault: boolean;
  /** Rows whose output was not taken, as the report lists them. */
  readonly notTaken: ReadonlySet<number>;
  /** Everything stored of the file. */
  readonly stored: string;
  readonly values: ReadonlySet<string>;
}

const NOT_TAKEN = new Set(["OutputFailed", "SampleNotTaken", "OutputAgain"]);

let studies = 0;

interface Given {
  readonly fixture: Fixture;
  readonly writing: Writing;
  readonly rows: readonly Fields[];
}

async function loadRows(context: Context, { fixture, writing, rows }: Given): Promise<Loaded> {
  const study = `s${studies++}`;
  await createStudy(context, { name: study, target: "ours", baselines: ["theirs"], seed: "seed" });
  const file = path.join(folder, `file.${writing.ending}`);
  const bytes = writing.write(fixture, rows);
  fs.writeFileSync(file, bytes ?? Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join("")));
  const encoding = bytes === null ? null : (writing.encoding ?? null);
  const files = [{ path: file, options: { ...SAID, encoding, fileName: path.basename(file) } }];
  const before = await lastIds(context);
  const report = await loadFiles(context, { study, files, dryRun: false, skipBad: false, yes: false });
  const values = report.done ? await storedAfter(context, before) : [];
  return {
    done: report.done,
    said: reportText({ ...report, study: "" }),
    isRowAtFault: report.errors.listed.some(({ line }) => line > 0),
    notTaken: new Set(
      report.warnings.listed.flatMap(({ name, lines }) => (NOT_TAKEN.has(name) ? lines : [])),
    ),
    stored: values.join("\n"),
    values: new Set(values),
  };
}

const TABLES = {
  prompt: ["external_id"],
  prompt_text: ["turns", "metadata"],
  response: ["turns", "metadata"],
  system: ["name"],
  annotator: ["external_id"],
  annotator_group: ["name", "kind"],
  assignment: ["source_key", "side_known", "purpose"],
  judgment: ["choice", "strength", "rationale", "language", "active_ms", "judged_at", "metadata"],
  known_answer: ["better_system_id"],
  comparison: ["turn"],
} as const;

const KEYS: Record<string, string> = { prompt_text: "prompt_id", known_answer: "comparison_id" };
const keyOf = (table: string) => KEYS[table] ?? "id";

async function lastIds({ database }: Context): Promise<Record<string, number>> {
  return database.read(async ({ db }) => {
    const last: Record<string, number> = {};
    for (const table of Object.keys(TABLES) as (keyof typeof TABLES)[]) {
      const row = await db
        .selectFrom(table)
        .select((column) => column.fn.max(keyOf(table) as never).as("last"))
        .executeTakeFirst();
      last[table] = Number((row as { last: unknown } | undefined)?.last ?? 0);
    }
    return last;
  });
}

/** The values stored since, each by itself, those inside lists and objects too. */
async function storedAfter({ database }: Context, before: Record<string, number>): Promise<string[]> {
  return database.read(async ({ db }) => {
    const all: string[] = [];
    for (const [table, columns] of Object.entries(TABLES)) {
      const rows = (await db
        .selectFrom(table as "prompt")
        .selectAll()
        .where(keyOf(table) as "id", ">", before[table] ?? 0)
        .orderBy(keyOf(table) as "id")
        .execute()) as unknown as Fields[];
      for (const row of rows) for (const column of columns) all.push(...textsIn(row[column]));
    }
    return all;
  });
}

function textsIn(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === "string" && /^\s*[[{]/.test(value)) {
    try {
      return [value, ...textsIn(JSON.parse(value))];
    } catch {
      return [value];
    }
  }
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === "object") return Object.entries(value).flatMap(([key, one]) => [key, ...textsIn(one)]);
  return [typeof value === "string" ? value : JSON.stringify(value)];
}

/** A text so long that it does not stand in another by chance. */
const LONG = 6;
/** A value so short that another may be the same by chance: only a change of it shows whether it was read. */
const SHORT = 2;

const isStored = ({ value }: Leaf, { values, stored }: Loaded): boolean => {
  const text = String(value);
  if (text.trim().length <= SHORT) return false;
  return (
    values.has(text) ||
    values.has(text.trim()) ||
    (text.trim().length >= LONG && stored.includes(text.trim())) ||
    (textsIn(text)
      .slice(1)
      .every((one) => values.has(one)) &&
      /^\s*[[{]/.test(text))
  );
};

const isNamed = ({ path: names, value }: Leaf, { said }: Loaded): boolean => {
  if (said.includes("columns of this file were not kept")) return true;
  const words = new Set(said.replace(/^ {2}kept as metadata:.*$/gm, "").split(/[^\p{L}\p{N}_]+/u));
  return (
    names.some((name) => typeof name === "string" && words.has(name)) ||
    (String(value).length > SHORT && words.has(String(value))) ||
    (String(value).length >= LONG && said.includes(String(value)))
  );
};

/** Whether its row is one of which the report says that an output of it was not taken. */
const isOfOutputNotTaken = ({ path: names }: Leaf, { ending }: Writing, { notTaken }: Loaded): boolean =>
  names.some((name) => typeof name === "number" && notTaken.has(name + (ending === "csv" ? 2 : 1)));

/** Values of the same kind that mean something else where the value means anything. */
const OTHERS: Record<string, readonly string[]> = {
  left: ["right"],
  right: ["left"],
  model_a: ["model_b"],
  model_b: ["model_a"],
};
const othersOf = (value: Leaf["value"]): unknown[] => {
  if (typeof value === "number") return [value + 1, value - 1, -7];
  if (typeof value === "boolean") return [!value];
  return [...(OTHERS[value] ?? []), `${value} zebra`, "zebra", "1", "2"];
};

/** Fields of which it is known that they are read, by fixture, path and type. */
const read = new Set<string>();

/** Whether another value in its place comes to something else, or is refused with its row: then it was read. */
async function isRead(
  context: Context,
  leaf: Leaf,
  given: Given & { readonly loaded: Loaded },
): Promise<boolean> {
  const key = JSON.stringify([
    given.fixture.name,
    leaf.path.filter((name) => typeof name === "string"),
    typeof leaf.value,
  ]);
  if (read.has(key)) return true;
  const { stored, said } = given.loaded;
  for (const other of othersOf(leaf.value)) {
    const loaded = await loadRows(context, { ...given, rows: withValueAt(given.rows, leaf.path, other) });
    if (loaded.done ? loaded.stored === stored && loaded.said === said : !loaded.isRowAtFault) continue;
    read.add(key);
    return true;
  }
  return false;
}

/** What says only how the value beside it is written, and is the same in every file. */
const isStructure = ({ path: names, value }: Leaf): boolean =>
  (names.at(-1) === "index" && value === 0) ||
  (names.at(-1) === "epoch" && value === 1) ||
  (names.at(-1) === "type" && value === "text") ||
  (names.at(-1) === "role" && value === "assistant");

describe("a load that succeeds", () => {
  it(
    "has stored every value of the file, or names what it has not",
    async () => {
      const context = await testContext("sqlite");
      const lost: string[] = [];
      const runs = times(3);
      for (const [number, fixture] of FIXTURES.entries())
        for (let i = 0; i < runs; i++) {
          const draw = drawFrom(FIRST + 1000 * number + i);
          const { done, rows } =
            i === 0 ? { done: "nothing", rows: [...fixture.rows] } : mutated(fixture, draw);
          const isFlat = rows.every((row) => Object.values(row).every((one) => typeof one !== "object"));
          const takes = ["all", ...(fixture.isWhole ? [] : isFlat ? ["rows", "flat"] : ["rows"])];
          const writings = WRITINGS.filter((one) => takes.includes(one.takes));
          const writing = writings[i === 0 ? 0 : draw(writings.length)] as Writing;
          const loaded = await loadRows(context, { fixture, writing, rows });
          if (!loaded.done) continue;
          for (const leaf of leavesIn(rows)) {
            if (isStructure(leaf) || isStored(leaf, loaded) || isNamed(leaf, loaded)) continue;
            if (isOfOutputNotTaken(leaf, writing, loaded)) continue;
            if (await isRead(context, leaf, { fixture, writing, rows, loaded })) continue;
            lost.push(
              `${fixture.name}, ${writing.name}, ${done}: ${leaf.path.join(".")} = ${JSON.stringify(leaf.value)}`,
            );
          }
        }
      expect(lost.slice(0, 20)).toEqual([]);
    },
    times(120_000),
  );
});
