import type { z } from "zod";

/** What was expected, in words; an `int` is a number, and a record a group of fields like any other. */
const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of fields",
  record: "a group of fields",
};

/**
 * What is wrong in something that somebody wrote, in words of our own: one line per fault, starting with its field.
 * Parse with `reportInput`, so that what is missing is called so.
 */
export const writtenFaults = ({ issues }: z.ZodError): string => issues.flatMap(linesOf).join("\n");

function linesOf(issue: z.core.$ZodIssue): string[] {
  const field = issue.path.length === 0 ? "" : `${issue.path.map(String).join(".")}: `;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `${field}“${key}” is no field here.`);
  if (issue.code !== "invalid_type") return [`${field}${issue.message}.`];
  if (issue.input === undefined) return [`${field}is missing.`];
  return [`${field}must be ${KINDS[issue.expected] ?? issue.expected}.`];
}
