import { z } from "zod";

const rising = (at: readonly number[]) => at.every((share, i) => share > (at[i - 1] ?? 0));

/** Looks before all planned judgments are there, at which the test is made with part of its error. */
export const looksSchema = z.strictObject({
  /** Shares of the planned judgments at which a look may be taken, before the last one at the end. */
  at: z
    .array(z.number().gt(0, "must be above 0 and below 1").lt(1, "must be above 0 and below 1"))
    .min(1)
    .max(2, "must be one or two")
    .refine(rising, "must rise"),
  /** How the error is spent: little at first, or about evenly. */
  spending: z.enum(["obrienFleming", "pocock"]),
});
export type Looks = z.infer<typeof looksSchema>;

/** The look that a report is of. */
export const lookSchema = z.strictObject({
  number: z.number().int().positive(),
  of: z.number().int().positive().describe("Looks that were declared, the last one among them."),
  fraction: z.number().describe("Share of the planned judgments that are there."),
  level: z.number().describe("The two-sided level at which the declared test is made at this look."),
});
export type Look = z.infer<typeof lookSchema>;
