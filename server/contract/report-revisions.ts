import { z } from "zod";
import { revisionSchema } from "./amendments.ts";
import { count, estimateSchema } from "./report-estimates.ts";

const pairFiguresSchema = z.array(
  z.strictObject({
    system: z.string(),
    against: z.string(),
    judgments: count,
    halfTieRateByPrompt: estimateSchema,
  }),
);

/** The revisions of an amended study's protocol, and the headline of each part of them in which the same was asked. */
export const reportRevisionsSchema = z.strictObject({
  list: z.array(revisionSchema.omit({ by: true, hash: true })),
  parts: z
    .array(
      z.strictObject({
        from: count.describe("The first revision of the part."),
        to: count.describe("Its last revision."),
        pairs: pairFiguresSchema.describe(
          "Of all people, from counted judgments that were made in the part.",
        ),
      }),
    )
    .describe("A part begins with a revision that changed what is asked; one part: none did."),
  corrected: z
    .strictObject({
      judgments: count.describe("Judgments of texts that were corrected since: in no other figure."),
      pairs: pairFiguresSchema.describe("The headline of all parts, with these judgments."),
    })
    .optional()
    .describe("Missing where no judged text was corrected."),
});
export type ReportRevisions = z.infer<typeof reportRevisionsSchema>;
