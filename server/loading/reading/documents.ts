import { valueAt } from "./paths.ts";
import type { Fields } from "./field-map.ts";
import { isObject } from "./values.ts";
import { isFilled } from "./vocabulary.ts";

/** A file that is one object with its rows inside: how it is detected, and its rows, each with the fields of the object that hold for all. */
interface DocumentFormat {
  readonly is: (head: Fields) => boolean;
  readonly rows: (head: Fields) => unknown[];
  /** What rows are made of; all else that the object says is not kept. */
  readonly used: readonly string[];
}

const isListOf = (value: unknown, ...fields: string[]): value is Fields[] =>
  Array.isArray(value) &&
  value.some((one) => isObject(one) && fields.every((field) => Object.hasOwn(one, field)));

/** Adds to each row what belongs to all of them. */
const withAll = (rows: Fields[], all: Fields): Fields[] =>
  rows.map((row) => (isObject(row) ? { ...row, ...all } : row));

/** The inner object of a result of promptfoo, which may stand alone. */
const resultsIn = (head: Fields): Fields => (isObject(head.results) ? head.results : head);

/** What is kept of a log of inspect_ai. */
const OF_INSPECT = ["samples", "eval", "eval.model"];

/** What a log of inspect_ai says besides its samples, which is not kept. */
export const notKeptOfInspect = (head: Fields): string[] => namesBesides(head, OF_INSPECT);

const DOCUMENTS: readonly DocumentFormat[] = [
  {
    // promptfoo
    is: (head) => isListOf(resultsIn(head).results, "prompt", "vars", "success"),
    rows: (head) => {
      const { results, prompts, table } = resultsIn(head) as {
        results: Fields[];
        prompts?: unknown;
        table?: unknown;
      };
      const tried = prompts ?? valueAt({ table }, "table.head.prompts");
      const templates = (Array.isArray(tried) ? tried : [])
        .filter(isObject)
        .map(({ label, display, raw }) => label ?? display ?? raw);
      return withAll(results, { templates: [...new Set(templates)] });
    },
    used: ["results", "results.results", "results.prompts", "results.table", "prompts", "table"],
  },
  {
    // HELM's scenario_state.json
    is: (head) => isListOf(head.request_states, "instance", "request"),
    rows: ({ request_states }) => request_states as unknown[],
    used: ["request_states"],
  },
  {
    // A log of inspect_ai
    is: (head) => isObject(head.eval) && isListOf(head.samples, "id", "epoch"),
    rows: (head) => withAll(head.samples as Fields[], { eval: head.eval }),
    used: OF_INSPECT,
  },
  {
    // LLM Comparator, whose two models are named once
    is: (head) => isListOf(head.models, "name") && isListOf(head.examples, "output_text_a", "output_text_b"),
    rows: (head) => withAll(head.examples as Fields[], { models: head.models }),
    used: ["examples", "models"],
  },
  {
    // Reviews as Cherry publishes them
    is: (head) => Object.hasOwn(head, "Meta_Info") && isListOf(head.data),
    rows: (head) => head.data as unknown[],
    used: ["data"],
  },
  {
    // Predictions of OpenCompass, under their numbers
    is: (head) => isListOf([Object.values(head)[0]], "origin_prompt", "prediction"),
    rows: (head) => Object.values(head).filter((row) => !isObject(row) || Object.hasOwn(row, "prediction")),
    used: [],
  },
];

/**
 * The rows of a file that is one such object, and the names of what the object says besides them, which is not kept; null where
 * the value is none.
 */
export function rowsOfDocument(value: unknown): { rows: unknown[]; notKept: string[] } | null {
  if (!isObject(value)) return null;
  const found = DOCUMENTS.find(({ is }) => is(value));
  if (!found) return null;
  const rows = found.rows(value);
  return { rows, notKept: found.used.length === 0 ? [] : namesBesides(value, found.used) };
}

/** The filled fields of an object that are not used, and those within one of which only a part is. */
function namesBesides(head: Fields, used: readonly string[], under = ""): string[] {
  return Object.entries(head).flatMap(([name, value]) => {
    const path = `${under}${name}`;
    if (!used.includes(path)) return isFilled(value) ? [path] : [];
    const isInPart = isObject(value) && used.some((one) => one.startsWith(`${path}.`));
    return isInPart ? namesBesides(value, used, `${path}.`) : [];
  });
}
