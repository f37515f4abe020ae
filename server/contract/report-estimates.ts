import { z } from "zod";

export const count = z.number().int().nonnegative();
export const proportion = z.number().min(0).max(1);
/** A figure that a rule may leave out: null where there is nothing to take it of. */
export const maybe = z.number().nullable();

/** A p value: null before the planned judgments are there, outside of declared looks. */
export const pValue = proportion
  .nullable()
  .describe("Null while the status is interim: before the planned judgments are there.");

export const notEstimableSchema = z.strictObject({ notEstimable: z.string() });
export type NotEstimable = z.infer<typeof notEstimableSchema>;

/**
 * A figure with its 95 % interval, the method behind it and the number of judgments (or, where the field's
 * description says so, of other units) it rests on. Where only the interval cannot be had the value stands
 * beside the reason.
 */
export const estimateSchema = z.union([
  z.strictObject({ value: z.number(), low: z.number(), high: z.number(), method: z.string(), n: count }),
  z.strictObject({ value: z.number(), n: count.optional(), notEstimable: z.string() }),
  notEstimableSchema,
]);
export type Estimate = z.infer<typeof estimateSchema>;

export const intervalSchema = z.union([
  z.strictObject({ low: z.number(), high: z.number(), method: z.string() }),
  notEstimableSchema,
]);
export type Interval = z.infer<typeof intervalSchema>;

/**
 * What a test may be read as: declared before the study opened and its planned judgments all there; the same
 * before they are; or not declared beforehand.
 */
export const testStatusSchema = z.enum(["confirmatory", "interim", "exploratory"]);
export type TestStatus = z.infer<typeof testStatusSchema>;
