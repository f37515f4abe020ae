import { parse } from "yaml";
import type { z } from "zod";

/** A text as YAML. @param what it is, for the message @throws Error */
export function yamlIn(text: string, what: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`${what} is not YAML: ${(error as Error).message.trimEnd()}`, { cause: error });
  }
}

/** What a text holds, by its schema. @param what it is, for the message @throws Error, with a line for each fault */
export const dataIn = <T>(schema: z.ZodType<T>, text: string, what: string): T =>
  checked(schema, yamlIn(text, what), what);

/** The same of a value that was read already. @throws Error, with a line for each fault */
export function checked<T>(schema: z.ZodType<T>, given: unknown, what: string): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const faults = faultsIn(result.error, (path) =>
    path.length === 0 ? "at its top: " : `${path.join(".")}: `,
  );
  throw new Error([`${what} cannot be used:`, ...faults].join("\n"));
}

/** A line for each fault that a schema found, with its place in words. */
export const faultsIn = (error: z.ZodError, place: (path: readonly PropertyKey[]) => string): string[] =>
  error.issues.map((issue) => `  ${place(issue.path)}${faultOf(issue)}`);

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  object: "fields with their values",
  record: "fields with their values",
  array: "a list",
};

function faultOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys")
    return `${issue.keys.map((key) => `“${key}”`).join(", ")} is not known here`;
  if (issue.code === "invalid_value") return `must be ${anyOf(issue.values.map(String))}`;
  if (issue.code !== "invalid_type" || !issue.message.startsWith("Invalid input")) return issue.message;
  const kind = KINDS[issue.expected] ?? issue.expected;
  return issue.message.endsWith("undefined") ? `is missing (${kind})` : `must be ${kind}`;
}

const anyOf = (values: readonly string[]): string =>
  values.length === 1 ? values.join("") : `one of ${values.join(", ")}`;
