import { parseDocument } from "yaml";
import { z } from "zod";
import { TiebreakError } from "../contract/errors.ts";
import type { TokenPrice } from "./cost.ts";

/** A price file cannot be used; the message names each model and what is wrong with it. @internal */
export class PriceFileWrong extends TiebreakError {
  constructor(problems: readonly string[]) {
    super("PriceFileWrong", 400, `The price file cannot be used: ${problems.join("; ")}.`);
  }
}

export interface Prices {
  /** The price under a model's own name, else under the longest beginning that fits; null: none does. */
  readonly priceOf: (model: string) => TokenPrice | null;
}

const dollars = z.number("must be a number").finite().min(0, "must not be below 0").max(1e6);
const priceSchema = z.strictObject(
  { input: dollars, output: dollars, cache_read: dollars.optional(), cache_write: dollars.optional() },
  { error: (issue) => (issue.code === "invalid_type" ? "needs {input, output}" : undefined) },
);

type Entry = z.infer<typeof priceSchema>;

/**
 * Reads a price file, YAML or JSON: under each model's name, or the beginning of it and a `*`, the US dollars for a
 * million tokens as `input` and `output`, and as `cache_read` and `cache_write` where caching has its own. There are no prices but those in the file.
 * @throws PriceFileWrong with every problem at once
 */
export function readPrices(text: string): Prices {
  const { exact, beginnings } = sorted(entriesOf(text));
  const byLength = [...beginnings].sort(([one], [other]) => other.length - one.length);
  return {
    priceOf: (model) =>
      exact.get(model) ?? byLength.find(([beginning]) => model.startsWith(beginning))?.[1] ?? null,
  };
}

function entriesOf(text: string): [unknown, unknown][] {
  const document = parseDocument(text, { logLevel: "silent" });
  const [error] = document.errors;
  if (error) throw new PriceFileWrong([error.message.split("\n")[0]!.replace(/[.:]$/, "")]);
  const content = parsedOf(document);
  if (!(content instanceof Map) || content.size === 0)
    throw new PriceFileWrong(["it needs model names, each with {input, output}"]);
  return [...(content as Map<unknown, unknown>)];
}

/** Maps rather than objects, so that no name of a model means anything to the language. */
function parsedOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ mapAsMap: true, maxAliasCount: 100 });
  } catch (error) {
    throw new PriceFileWrong([(error as Error).message]);
  }
}

function sorted(entries: readonly [unknown, unknown][]) {
  const exact = new Map<string, TokenPrice>();
  const beginnings = new Map<string, TokenPrice>();
  const problems: string[] = [];
  for (const [name, given] of entries) {
    if (typeof name !== "string" || name.trim() === "")
      problems.push(`${String(name)}: a model's name is a text, so put it in quotes`);
    else if (name.slice(0, -1).includes("*")) problems.push(`${name}: a * is allowed only at the end`);
    else {
      const read = priceSchema.safeParse(given instanceof Map ? Object.fromEntries(given) : given);
      if (!read.success) problems.push(...read.error.issues.map((issue) => said(name, issue)));
      else if (name.endsWith("*")) beginnings.set(name.slice(0, -1), priceIn(read.data));
      else exact.set(name, priceIn(read.data));
    }
  }
  if (problems.length > 0) throw new PriceFileWrong(problems);
  return { exact, beginnings };
}

const priceIn = ({ input, output, cache_read: cacheRead, cache_write: cacheWrite }: Entry): TokenPrice => ({
  ...{ input, output },
  ...(cacheRead === undefined ? {} : { cacheRead }),
  ...(cacheWrite === undefined ? {} : { cacheWrite }),
});

const said = (name: string, { path, message }: z.core.$ZodIssue): string =>
  `${[name, ...path.map(String)].join(".")}: ${message}`;
