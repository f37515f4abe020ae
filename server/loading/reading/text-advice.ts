import { stemOf } from "./file-stem.ts";
import type { Fields } from "./field-map.ts";
import { isFilled, isFreeText, likenesses } from "./vocabulary.ts";

/** What a prompt is called in files that others have published, the likeliest first. */
const PROMPTS = ["prompt", "instruction", "question", "query", "input", "text"];
/** What is appended to an instruction. */
const PARTS = ["question", "input", "context"];
const IDS = ["prompt_id", "prompt", "question_id", "uid", "id", "idx"];

/**
 * How to map a file of prompts or outputs under other names, as far as the names and texts of its columns show. Null
 * where neither shows a prompt or an output.
 * @param rows the first rows of the file
 * @param file the file as the command line names it
 */
export function textAdvice(rows: readonly Fields[], file: string): string | null {
  const texts = textColumns(rows);
  const named = (name: string) => texts.find((column) => column.trim().toLowerCase() === name);
  const found = PROMPTS.flatMap((name) => named(name) ?? []);
  const [prompt] = found;
  const outputs = texts.filter((name) => likenessOf(name) === "output");
  const [output, ...others] = outputs;
  if (prompt === undefined) return output === undefined ? null : bareOutputs(rows, output, file);
  const isInstruction = prompt.toLowerCase() === "instruction";
  const part = isInstruction ? PARTS.flatMap((name) => named(name) ?? [])[0] : undefined;
  const from = `prompt=${part === undefined ? prompt : `${prompt}+${part}`}`;
  const set = from === "prompt=prompt" ? [] : [from];
  const map = (...more: string[]) => `'${file}:${[...set, ...more].join(",")}'`;
  const start = found.length > 1 && part === undefined ? `The prompt may be ${listed(found)}. ` : "";
  const samples = output === undefined ? listColumn(rows) : undefined;
  if (samples !== undefined)
    return `${start}${samples} holds lists: ${map(`output=${samples}.0`)} takes the first of each as the output of the system ${stemOf(file)} (add system:=NAME for another name); if they are turns, ${map(`output=${samples}`)} does; ${map(`${samples}=`)} reads the prompts alone.`;
  if (output === undefined) return set.length === 0 ? null : `${start}${map()} reads it as prompts.`;
  if (others.length === 0) {
    const system = systemColumn(rows);
    const read =
      system === undefined
        ? `${map(`output=${output}`)} reads ${output} as the output of the system ${stemOf(file)} (add system:=NAME for another name)`
        : `${map(`output=${output}`, `system=${system}`)} reads ${output} as the output of the system in ${system}`;
    return `${start}${read}; ${map(`${output}=`)} reads the prompts alone.`;
  }
  const wide = set.length === 0 ? file : map();
  return `${start}${listed(outputs)} may be outputs. If each is another system's: ${wide} --format wide. If one is meant: ${map(`output=${output}`)}, with its system as system:=NAME.${verdictsToo(rows)}`;
}

/** What a mapping of outputs would leave aside: the columns that look like verdicts on them. */
function verdictsToo(rows: readonly Fields[]): string {
  const verdicts = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) =>
    ["vote", "score"].includes(likenessOf(name) ?? ""),
  );
  if (verdicts.length === 0) return "";
  const are =
    verdicts.length === 1
      ? `${verdicts[0]} looks like a verdict`
      : `${verdicts.join(", ")} look like verdicts`;
  return ` ${are}, which this does not load: a recipe reads outputs and verdicts together (docs/recipes.md).`;
}

/** Outputs whose prompts are known by an id alone. */
function bareOutputs(rows: readonly Fields[], output: string, file: string): string | null {
  const id = IDS.find((name) => rows.every((row) => isFilled(row[name])));
  if (id === undefined) return null;
  const system = systemColumn(rows);
  const key = id === "prompt_id" ? "" : `,prompt_id=${id}`;
  const by = system === undefined ? "" : `,system=${system}`;
  return `'${file}:output=${output}${key}${by}' reads ${output} as the output of the system ${system === undefined ? stemOf(file) : `in ${system}`}, for the prompts whose ids are in ${id}; another file must hold their texts.`;
}

/** The columns that hold a text in some row. */
const textColumns = (rows: readonly Fields[]): string[] => [
  ...new Set(
    rows.flatMap((row) =>
      Object.entries(row).flatMap(([name, value]) =>
        typeof value === "string" && (isFreeText(name, value) || likenessOf(name) !== null) ? [name] : [],
      ),
    ),
  ),
];

/** The first column that by its name holds outputs, and of which every value is a list of texts. */
function listColumn(rows: readonly Fields[]): string | undefined {
  const isList = (value: unknown) =>
    Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");
  return Object.keys(rows[0] ?? {}).find(
    (name) => likenessOf(name) === "output" && rows.every((row) => isList(row[name])),
  );
}

/** The first column that by its name holds the names of systems. */
const systemColumn = (rows: readonly Fields[]): string | undefined =>
  rows.flatMap((row) => Object.keys(row)).find((name) => likenessOf(name) === "system");

const likenessOf = (name: string): string | null => likenesses(name, "")[0]?.[1] ?? null;

const listed = (names: readonly string[]): string =>
  `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;
