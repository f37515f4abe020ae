import { z } from "zod";
import { snapshotSchema } from "./report.ts";

const count = z.int().nonnegative();
const name = z.string();

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
  judgments: z
    .union([count, z.strictObject({ then: count, now: count })])
    .optional()
    .describe("How many there are; where they differ, how many there were."),
  estimator: z
    .strictObject({ then: name, now: name })
    .optional()
    .describe("The versions that computed the report, where they differ."),
  owner: z
    .strictObject({
      renamed: z
        .array(
          z.strictObject({
            what: z.enum(["system", "prompt", "study", "title"]),
            ...{ from: name, to: name, merged: z.boolean() },
          }),
        )
        .readonly(),
      unloaded: z.array(name).readonly(),
      amended: z.array(count).readonly().describe("The revisions of the protocol."),
    })
    .describe("What was renamed, merged, unloaded and amended since."),
  left: z
    .strictObject({ withdrawn: count, erased: count })
    .describe("Annotators who have left since, with their judgments or their data."),
});
