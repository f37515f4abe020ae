import { z } from "zod";
import { reportSchema } from "../contract/report.ts";

/** The report's shape as JSON Schema (draft 2020-12): what `docs/report.schema.json` publishes. */
export function reportJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(reportSchema, { target: "draft-2020-12" });
  return {
    $schema,
    title: "Tiebreak report",
    description: "How often one system won, tied and lost against another, by pair and group of annotators.",
    ...rest,
  };
}
