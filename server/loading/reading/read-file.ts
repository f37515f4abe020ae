import type { ColumnTaken } from "../../contract/loading.ts";
import { columnsTaken } from "./columns-taken.ts";
import { containerOf, rawRows } from "./containers.ts";
import type { HowFar } from "./how-far.ts";
import type { RawRow } from "./raw-row.ts";
import { guessEncoding, NOT_TEXT } from "./encodings.ts";
import type { FieldMap, Fields } from "./field-map.ts";
import { readAlpacaAnnotations, readAlpacaOutputs } from "./formats/alpaca-eval.ts";
import { readArenaHardAnswer, readArenaHardGames } from "./formats/arena-hard.ts";
import { readLima, readMessages } from "./formats/chats.ts";
import { readBattle, readFastchatAnswer, readFastchatQuestion } from "./formats/fastchat.ts";
import { readFastchatPair } from "./formats/fastchat-pairs.ts";
import { readLabelStudio } from "./formats/label-studio.ts";
import { readFastchatReview } from "./formats/fastchat-reviews.ts";
import { readCherryReviews } from "./formats/cherry-reviews.ts";
import { readWildbenchPair, readWildbenchResult } from "./formats/wildbench.ts";
import { readJudgeBench } from "./formats/judgebench.ts";
import { readLlmComparator } from "./formats/llm-comparator.ts";
import { readArgilla } from "./formats/argilla.ts";
import { readPotato } from "./formats/potato.ts";
import { readLabelStudioRow } from "./formats/label-studio-rows.ts";
import { readPreferenceChats } from "./formats/preference-chats.ts";
import { readUltraFeedback } from "./formats/ultrafeedback.ts";
import { readHelpSteer3 } from "./formats/helpsteer3.ts";
import { readNectar } from "./formats/nectar.ts";
import { readOasstTree } from "./formats/oasst-trees.ts";
import { readPrism } from "./formats/prism.ts";
import { readPlain } from "./formats/plain.ts";
import { RUN_READERS } from "./formats/runs/index.ts";
import { NEVER_SYSTEMS, readWide } from "./formats/wide.ts";
import type { FileOptions, FormatName } from "./options.ts";
import {
  fileProblem,
  type LoadRecord,
  type ReadItem,
  RowFault,
  RowNote,
  type RowProblem,
} from "./records.ts";
import type { RowReader } from "./signature.ts";
import { type Head, headOf, type Told } from "./head.ts";
import type { RowMaker } from "./row-maker.ts";
import { Unreadable } from "./unreadable.ts";
import { whyUnclear, wideColumns } from "./unclear-columns.ts";

/** What makes a format's reader for one file: some go by what they have read of it. */
const READERS: Record<FormatName, () => RowReader> = {
  ...RUN_READERS,
  alpaca_eval_outputs: () => readAlpacaOutputs,
  alpaca_eval_annotations: () => readAlpacaAnnotations,
  fastchat_questions: () => readFastchatQuestion,
  fastchat_answers: () => readFastchatAnswer,
  fastchat_judgments: () => readBattle,
  fastchat_pairs: () => readFastchatPair,
  arena_battles: () => readBattle,
  arena_hard_answers: () => readArenaHardAnswer,
  arena_hard_judgments: () => readArenaHardGames,
  label_studio: () => readLabelStudio,
  fastchat_reviews: () => readFastchatReview,
  cherry_reviews: () => readCherryReviews,
  wildbench_pairwise: () => readWildbenchPair,
  wildbench_results: () => readWildbenchResult,
  judgebench: () => readJudgeBench,
  llm_comparator: () => readLlmComparator,
  argilla: () => readArgilla,
  potato: () => readPotato,
  label_studio_rows: () => readLabelStudioRow,
  preference_chats: () => readPreferenceChats,
  ultrafeedback: () => readUltraFeedback,
  helpsteer3: () => readHelpSteer3,
  nectar: () => readNectar,
  oasst_trees: () => readOasstTree,
  prism_conversations: () => readPrism,
  lima: () => readLima,
  messages: () => readMessages,
  plain: () => readPlain,
  wide: () => readWide,
};

/**
 * Reads a file as records, in batches, whatever its size; what is wrong with a row comes as a problem in its
 * place. Nothing is thrown but what the file system throws.
 * @param howFar gets how much of the file has been read
 */
export async function* readFile(
  path: string,
  options: FileOptions,
  howFar?: HowFar,
): AsyncGenerator<ReadItem[]> {
  try {
    for await (const items of itemsOf(path, options, howFar)) yield await withEncodingNamed(items, path);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    yield [{ problem: fileProblem(error.name, error.message) }];
  }
}

/** Says of what is not UTF-8 what it may be instead, and how that looks. */
async function withEncodingNamed(items: ReadItem[], path: string): Promise<ReadItem[]> {
  const isForeign = (item: ReadItem) => "problem" in item && item.problem.name === "FileNotText";
  if (!items.some(isForeign)) return items;
  const guess = await guessEncoding(path);
  const advice = guess
    ? `As ${guess.encoding} it reads “${guess.sample}”: if that is right, load it with --encoding ${guess.encoding}; if not, save it as UTF-8.`
    : NOT_TEXT;
  return items.map((item) =>
    "problem" in item && isForeign(item)
      ? { problem: { ...item.problem, message: `${item.problem.message} ${advice}` } }
      : item,
  );
}

async function* itemsOf(
  path: string,
  options: FileOptions,
  howFar: HowFar | undefined,
): AsyncGenerator<ReadItem[]> {
  const head = await openHead(path, options, howFar);
  try {
    if ("problems" in head) {
      yield head.problems.map((problem) => ({ problem }));
      return;
    }
    const read = readerOf(head, options);
    const unclear = whyUnclear(sampled(head, options), {
      format: head.format,
      options: { ...options, map: head.map },
    });
    if (unclear !== null) {
      yield [{ problem: fileProblem("ColumnsUnclear", unclear) }];
      return;
    }
    const maker = head.maker();
    for await (const rows of head.rows) {
      const items = read(rows, maker.make);
      if (items.length > 0) yield items;
    }
    yield* last(maker);
  } finally {
    await head.close();
  }
}

/** What is known of a file once its rows are read. */
function* last(maker: RowMaker): Generator<ReadItem[]> {
  const problems = [...maker.missing(), ...maker.problems()];
  if (problems.length > 0) yield problems.map((problem) => ({ problem }));
  else {
    const remarks = maker.remarks();
    if (remarks.length > 0) yield remarks.map((remark) => ({ remark: { row: 0, ...remark } }));
  }
}

/**
 * What a file is by its first rows: the format or the recipe, as mapped, null where there is none or it is not to be told; and
 * what each column is taken for.
 */
export async function tellFile(
  path: string,
  options: FileOptions,
): Promise<{ format: string | null; columns: ColumnTaken[] }> {
  const { format } = options;
  try {
    const head = await openHead(path, options);
    await head.close();
    if (!("format" in head)) return { format, columns: [] };
    const columns = columnsTaken(head.own, { records: sampled(head, options), map: options.map });
    return { format: head.name, columns };
  } catch (error) {
    if (error instanceof Unreadable) return { format, columns: [] };
    throw error;
  }
}

async function openHead(path: string, options: FileOptions, howFar?: HowFar): Promise<Head> {
  const container = await containerOf(path, options);
  if (typeof container === "object" && container !== null)
    return headOf(rawRows(path, container, { under: rowsPath(options), howFar }), container, {
      ...options,
      map: withoutRows(options.map),
    });
  const problem =
    container === null
      ? fileProblem("FileEmpty", "The file is empty.")
      : fileProblem("FormatNotRead", container);
  return { problems: [problem], close: () => Promise.resolve() };
}

/** `rows=PATH` says where the rows of a JSON file stand; it is no field of theirs. */
function rowsPath({ map, recipe }: FileOptions): string | null {
  const source = map.get("rows");
  if (source === undefined || "ignored" in source) return recipe?.rows ?? null;
  return "column" in source ? source.column : source.constant;
}

const withoutRows = (map: FieldMap): FieldMap => new Map([...map].filter(([ours]) => ours !== "rows"));

/** The records of a file's first rows, as far as they can be read. */
const sampled = (head: ToldHead, options: FileOptions): LoadRecord[] =>
  readerOf(head, options)(
    head.sample.map((fields) => ({ at: 0, fields })),
    (row) => [row],
  ).flatMap((item) => ("record" in item ? [item.record] : []));

type ToldHead = Told & { readonly sample: readonly Fields[] };

const readerOf = (head: ToldHead, options: FileOptions) =>
  recordReader(head, {
    ...options,
    ...(head.format === "wide" ? { wideColumns: wideColumns(head.sample, NEVER_SYSTEMS) } : {}),
  });

/** Reads rows that have our names already. */
function recordReader(
  head: ToldHead,
  given: FileOptions,
): (rows: readonly RawRow[], make: RowMaker["make"]) => ReadItem[] {
  const { format, isIdAdopted, map } = head;
  const read = READERS[format]();
  const options = { ...given, map };
  const whereItIs = whereFieldsAre(head, given.fileName);
  const asRecord = (record: LoadRecord): ReadItem => ({
    record: isIdAdopted ? { ...record, isIdAdopted } : record,
  });
  return (rows, make) => {
    const items: ReadItem[] = [];
    for (const row of rows) {
      if ("problem" in row || "remark" in row) items.push(row);
      else {
        let { fields: made } = row;
        try {
          for (const fields of make(row.fields)) {
            made = fields;
            for (const record of read(fields, row.at, options)) {
              if (record instanceof RowFault)
                items.push({ problem: problemOf(record, { at: row.at, fields }, whereItIs) });
              else if (record instanceof RowNote) items.push({ remark: { row: row.at, ...record } });
              else items.push(asRecord(record));
            }
          }
        } catch (error) {
          if (isSummedUp(error)) continue;
          items.push({ problem: problemOf(error, { at: row.at, fields: made }, whereItIs) });
        }
      }
    }
    return items;
  };
}

/** A value that a translation does not list is a problem of the file, with all such values. */
const isSummedUp = (error: unknown): boolean => error instanceof RowFault && error.name === "ValueUnknown";

const NAMES_SHOWN = 15;

/** A row's fault as a problem: of a missing field with where it is looked for, or else with what a file of such rows has. */
function problemOf(
  error: unknown,
  { at, fields }: Extract<RawRow, { at: number }>,
  whereItIs: (column: string) => string,
): RowProblem {
  if (!(error instanceof RowFault)) throw error;
  const { name, message, column } = error;
  const isMissing = name === "FieldMissing" && column !== null && fields[column] === undefined;
  return { row: at, column, name, message: isMissing ? `${message} ${whereItIs(column)}` : message };
}

/** The same for all rows of a file, so that one cause is one remark. */
function whereFieldsAre({ sample, map }: ToldHead, fileName: string) {
  const all = [...new Set(sample.flatMap((row) => Object.keys(row)))];
  const names = all.length > NAMES_SHOWN ? [...all.slice(0, NAMES_SHOWN), "…"] : all;
  return (column: string): string => {
    const source = map.get(column);
    if (source !== undefined && "column" in source) return `It is mapped to “${source.column}”.`;
    return `The fields are ${names.join(", ") || "none"}; if one of them is it, map it ('${fileName}:${column}=THEIRS').`;
  };
}
