import { type FieldMap, type Fields } from "./field-map.ts";
import { isGenericName } from "./file-stem.ts";
import { type FileOptions, systemOfFile } from "./options.ts";
import type { FileRemark } from "./records.ts";
import { isFilled, isFreeText, likenesses } from "./vocabulary.ts";

const PROMPTS = ["prompt", "question", "query", "instruction"];
/** What else may be the prompt. */
const PROMPTS_TOO = ["text", "input", "turns"];
/** Columns of what a system wrote; `answer` and `result` are often the right one instead. */
const OUTPUTS = ["response", "completion", "generation", "model_response", "model_answer", "model_output"];
const OUTPUTS_IF_SAID = [...OUTPUTS, "answer", "result"];

/**
 * What a file of prompts and a system's outputs under other names is, where nothing else can be meant: every row has a text for
 * a prompt and one for an output, no other column looks like a part of either, a system, a verdict or a text of its own, and
 * the system is named by the researcher or by the file's own name. Null where anything is open.
 * @param rows the file's first rows
 */
export function promptsAndOutputs(
  rows: readonly Fields[],
  options: FileOptions,
): { readonly map: FieldMap; readonly remark: FileRemark } | null {
  if (options.map.size > 0) return null;
  const isSaid = options.system !== null;
  if (!isSaid && (options.folderSystem ?? null) === null && isGenericName(options.fileName)) return null;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const [prompt, ...otherPrompts] = columns.filter((name) => [...PROMPTS, ...PROMPTS_TOO].includes(name));
  const outputs = isSaid ? OUTPUTS_IF_SAID : OUTPUTS;
  const [output, ...otherOutputs] = columns.filter((name) => outputs.includes(name));
  if (prompt === undefined || output === undefined || PROMPTS_TOO.includes(prompt)) return null;
  if (otherPrompts.length > 0 || otherOutputs.length > 0) return null;
  if (!rows.every((row) => isText(row[prompt]) && row[prompt] !== "" && isText(row[output]))) return null;
  const isOpen = (name: string) =>
    rows.some(
      (row) =>
        isFilled(row[name]) &&
        (isFreeText(name, row[name]) || likenesses(name, row[name]).some(([, like]) => like !== "id")),
    );
  if (columns.some((name) => name !== prompt && name !== output && isOpen(name))) return null;
  const system = systemOfFile(options);
  const other = isSaid ? "" : "; --system names another";
  return {
    map: new Map([
      ["prompt", { column: prompt }],
      ["output", { column: output }],
    ]),
    remark: {
      name: "ColumnsTakenAs",
      message: `“${prompt}” is read as the prompt, and “${output}” as the output of the system ${system}${other}. If they are right answers, and nobody's output, load the prompts alone: '${options.fileName}:${prompt === "prompt" ? "" : `prompt=${prompt},`}${output}='.`,
    },
  };
}

const isText = (value: unknown): boolean => typeof value === "string";
