import { z } from "zod";
import { fullReportSchema } from "../contract/report.ts";

/**
 * The report's shape as JSON Schema (draft 2020-12): what `docs/report.schema.json` publishes. Objects are
 * left open: a later version may add fields, and a reader that checks with this schema goes on working.
 */
export function reportJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(fullReportSchema, {
    target: "draft-2020-12",
    override: ({ jsonSchema }) => delete jsonSchema.additionalProperties,
  });
  return {
    $schema,
    title: "Tiebreak report",
    description: "How often one system won, tied and lost against another, by pair and group of annotators.",
    ...rest,
  };
}
