import { z } from "zod";
import { snapshotSchema } from "./report.ts";

const count = z.int().nonnegative();

/** What a check of a saved report found. */
export const verificationSchema = z.strictObject({
  outcome: z.enum([
    "same",
    "judgments differ",
    "inputs differ",
    "estimator differs",
    "figures differ",
    "cannot be told",
  ]),
  snapshot: snapshotSchema,
  where: z.array(z.string()).describe("The parts of the report that differ."),
  changed: z
    .array(z.string())
    .readonly()
    .nullable()
    .describe(
      "What the report is made of and is not as it was; null: saved by a version that did not note it.",
    ),
  left: z
    .strictObject({ withdrawn: count, erased: count })
    .describe("Annotators who have left since, with their judgments or their data."),
});
