import { looksLikeModel } from "./model-names.ts";
import { type FileOptions, systemOfFile } from "./options.ts";
import type { LoadRecord } from "./records.ts";
import { isFilled, isFreeText, type Likeness, likenesses } from "./vocabulary.ts";

/** A column that would be kept as metadata. */
interface Leftover {
  likeness: Likeness | null;
  /** Rows in which it is filled, and in which it is free text. */
  filled: number;
  free: number;
  /** Whether its values are lists of texts. */
  isList: boolean;
  /** Whether its values are lists of anything. */
  isAnyList: boolean;
}

/** Formats whose columns are anybody's; in the others a name means what its publisher says. */
const OPEN_FORMATS: readonly string[] = ["plain", "wide", "alpaca_eval_outputs", "lima", "messages"];

/** Whoever maps one of these has said what the prompt is. */
const PROMPT_FIELDS = ["prompt", "instruction", "conversations", "messages"];

/**
 * Why a file cannot be taken as it was read, by its columns that would become metadata; null where nothing speaks against
 * it. Votes and scores make no bare prompts, whatever was said of the format; outputs, systems and further parts of the
 * prompt are asked about where nobody said the format. A column that is mapped, to whatever name, is told.
 * @param records what the first rows were read as
 */
export function whyUnclear(
  records: readonly LoadRecord[],
  { format, options }: { format: string; options: FileOptions },
): string | null {
  const texts = records.filter((one) => one.kind === "prompt" || one.kind === "response");
  if (texts.length === 0 || texts.length < records.length) return null;
  const columns = [...leftoversOf(texts, options)];
  const of = (...kinds: (Likeness | null)[]) =>
    columns.filter(([, one]) => kinds.includes(one.likeness)).map(([name]) => name);
  const isBare = texts.every((one) => one.kind === "prompt");
  const verdicts = isBare ? of("vote", "score") : of("vote");
  const isAsked = options.format === null;
  const outputs =
    isAsked && isBare ? [...of("output"), ...freeTexts(columns, texts.length, of("output"))] : [];
  const systems = isAsked ? of("system").filter((name) => isBare || isOtherSystem(texts, name, options)) : [];
  const isPromptTold = PROMPT_FIELDS.some((name) => options.map.has(name));
  const isOpen = OPEN_FORMATS.includes(format) && !isPromptTold;
  const parts = isAsked && isOpen ? of("part of the prompt") : [];
  const file = options.fileName;
  const hasPrompt = texts.some((one) => one.kind === "prompt" || one.promptTurns !== null);
  const isList = columns.some(([name, one]) => name === parts[0] && one.isAnyList);
  const scores = isBare && of("vote").length === 0 && outputs.length === 2 ? of("score") : [];
  if (verdicts.length > 0) return verdictAdvice({ verdicts, scores, outputs, systems, isBare, file });
  if (isAsked && !isBare && texts.some((one) => one.kind === "response" && isSentence(one.system, options)))
    return partAdvice(["system"], { format, file, hasPrompt, isList: false });
  if (!isBare && systems.length > 0) return speakerAdvice(systems, file);
  if (outputs.length > 0 || systems.length > 0) {
    const lists = new Set(columns.filter(([, one]) => one.isList).map(([name]) => name));
    return outputAdvice({ outputs, systems, lists, file });
  }
  return parts.length > 0 ? partAdvice(parts, { format, file, hasPrompt, isList }) : null;
}

/** Whether a column of responses names another system than they are taken for. */
const isOtherSystem = (texts: readonly LoadRecord[], name: string, { system, map }: FileOptions): boolean =>
  system === null &&
  !map.has("system") &&
  texts.some((one) => {
    const value = one.kind === "response" ? one.metadata[name] : undefined;
    return one.kind === "response" && isFilled(value) && typeof value !== "object" && value !== one.system;
  });

/** Whether what stands where a system's name is expected is what a system was told. */
const isSentence = (system: string, options: FileOptions): boolean =>
  !options.map.has("system") && system !== systemOfFile(options) && /^(\S+\s+){4}\S|\n/.test(system.trim());

/**
 * The columns that are the systems of a wide file where the study knows none: those that look like outputs, by name or
 * as free text; where there is none, all that do not look like something else.
 */
export function wideColumns(
  rows: readonly Readonly<Record<string, unknown>>[],
  fixed: ReadonlySet<string>,
): string[] {
  const columns = new Map<string, Leftover>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) if (!fixed.has(name)) note(columns, name, value);
  }
  const outputs = [...columns].filter(([, one]) => one.likeness === "output").map(([name]) => name);
  const texts = [...outputs, ...freeTexts([...columns], rows.length, outputs, 1)];
  const others = [...columns].filter(([, one]) => one.likeness === null).map(([name]) => name);
  const chosen = new Set(texts.length > 0 ? texts : others);
  return [...columns.keys()].filter((name) => chosen.has(name));
}

function leftoversOf(texts: readonly LoadRecord[], { map }: FileOptions): Map<string, Leftover> {
  const columns = new Map<string, Leftover>();
  for (const record of texts) {
    if (!("metadata" in record)) continue;
    for (const [name, value] of Object.entries(record.metadata))
      if (!map.has(name)) note(columns, name, value);
  }
  return columns;
}

function note(columns: Map<string, Leftover>, name: string, value: unknown): void {
  const all = likenesses(name, value);
  const named: [string, Likeness | null][] =
    all.length > 0 ? all : [[name, looksLikeModel(name) && typeof value === "string" ? "output" : null]];
  for (const [column, likeness] of named) {
    let one = columns.get(column);
    if (!one)
      columns.set(column, (one = { likeness: null, filled: 0, free: 0, isList: false, isAnyList: false }));
    if (!isFilled(value)) continue;
    one.likeness = likeness;
    one.filled++;
    one.isAnyList ||= Array.isArray(value);
    one.isList ||= Array.isArray(value) && value.every((turn) => typeof turn === "string");
    if (column === name && isFreeText(name, value)) one.free++;
  }
}

/** Columns of free text in most rows, that no name tells: one may be a remark, so that it takes `most` beside other outputs. */
function freeTexts(
  columns: readonly (readonly [string, Leftover])[],
  rows: number,
  named: readonly string[],
  most = 2,
): string[] {
  const free = columns
    .filter(([, one]) => one.likeness === null && one.free * 2 > rows)
    .map(([name]) => name);
  return free.length + named.length >= most ? free : [];
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${String(names.at(-1))}`;
const look = (names: readonly string[], like: string): string[] =>
  names.length === 0 ? [] : [`${listed(names)} ${names.length === 1 ? "looks" : "look"} like ${like}`];

function verdictAdvice(of: {
  verdicts: readonly string[];
  /** Those of them that may be a score of each output. */
  scores: readonly string[];
  outputs: readonly string[];
  systems: readonly string[];
  isBare: boolean;
  file: string;
}): string {
  const { verdicts, scores, outputs, systems, isBare, file } = of;
  const verdict = verdicts.find((name) => !/ids?$/i.test(name)) ?? "THEIRS"; // an id of a review is no verdict
  const start = isBare ? "These are not bare prompts: " : "There is more than prompts and outputs: ";
  const what = [
    ...look(verdicts, "a verdict"),
    ...look(outputs, "outputs"),
    ...look(systems, "names of systems"),
  ].join(", ");
  if (scores.length === 2)
    return `${start}${what}. If each output has a score and the higher one wins, a recipe reads the rows: tiebreak recipe show webgpt-comparisons > ours.yaml prints one to change (docs/recipes.md). ${orNeither(verdicts[0] ?? "", file)}`;
  const named = systems.length === 2 ? systems.map((name) => `=${name}`) : null;
  const [a, b] = outputs.length === 2 ? outputs : [undefined, undefined];
  const [first, second] = named ?? [`:=${a ?? "FIRST"}`, `:=${b ?? "SECOND"}`];
  const texts = a === undefined || b === undefined ? "" : `,output_a=${a},output_b=${b}`;
  const map = `system_a${first},system_b${second}${texts},winner=${verdict},annotator=WHO`;
  return `${start}${what}. If rows are judgments, map their fields, for example '${file}:${map}' (system_a is the system shown left; side_known:=false if the sides are unknown). ${orNeither(verdicts[0] ?? "", file)}`;
}

const speakerAdvice = (systems: readonly string[], file: string): string =>
  `${listed(systems)} may name the systems whose outputs these are: then load '${file}:system=${systems[0] ?? ""}'. ${orNeither(systems[0] ?? "", file)}`;

function outputAdvice(of: {
  outputs: readonly string[];
  systems: readonly string[];
  lists: ReadonlySet<string>;
  file: string;
}): string {
  const { outputs, systems, lists, file } = of;
  const what = [...look(outputs, "outputs"), ...look(systems, "names of systems")].join(", ");
  const [one, another] = outputs;
  const start = `These are not bare prompts: ${what}.`;
  if (one === undefined)
    return `${start} Map the column of the outputs as well ('${file}:output=THEIRS,system=${systems[0] ?? ""}'). ${orNeither(systems[0] ?? "", file)}`;
  if (another === undefined) {
    const system = systems.length === 1 ? `,system=${systems[0] ?? ""}` : "";
    if (lists.has(one))
      return `${start} They are lists: '${file}:output=${one}.0${system}' takes the first of each row; if they are turns, '${file}:output=${one}${system}' does. ${orNeither(one, file)}`;
    return `${start} '${file}:output=${one}${system}' reads it as a system's output. ${orNeither(one, file)}`;
  }
  return `${start} If systems of these names wrote them, use --format wide, which takes only ${listed(outputs)}; if not, --format plain keeps them as metadata.`;
}

function partAdvice(
  parts: readonly string[],
  of: { format: string; file: string; hasPrompt: boolean; isList: boolean },
): string {
  const { format, file, hasPrompt, isList } = of;
  const [part = ""] = parts;
  if (!hasPrompt)
    return `The rows hold outputs and no prompt: ${listed(parts)} may be it ('${file}:prompt=${parts.join("+")}'). ${orNeither(part, file)}`;
  const isTold = /^system/i.test(part);
  const prompt = format === "alpaca_eval_outputs" ? "instruction" : "prompt";
  const chat = format === "lima" || format === "messages";
  const join =
    chat || isList
      ? `If the model was given it, write it into the ${chat ? "conversation" : "text of the prompt"}.`
      : `If the model was given it, '${file}:${prompt}=${prompt}+${part}' puts it below the prompt.`;
  const told = `If it was a system message, hidden from annotators, keep it with '${file}:system_message=${part}'.`;
  return `${listed(parts)} may be a part of the prompt. ${isTold ? told : join} ${orNeither(part, file)}`;
}

const orNeither = (column: string, file: string): string =>
  `Otherwise leave the column out ('${file}:${column.split(".")[0] ?? column}=') or keep it under a name of your own ('${file}:MYNAME=${column}').`;
