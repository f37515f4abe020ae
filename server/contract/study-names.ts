import { z } from "zod";
import { studyCreateSchema } from "./studies.ts";

const count = z.number().int().nonnegative();
const { name, publicTitle } = studyCreateSchema.shape;

/** A study's other name, or its other title; what is absent stays. */
export const studyChangeSchema = z.strictObject({
  name: name.optional(),
  publicTitle,
});
export type StudyChange = z.infer<typeof studyChangeSchema>;

/** The name of a system in reports and on the dashboard. */
export const displayNameSchema = z.strictObject({
  system: z.string().max(200),
  displayName: publicTitle.unwrap(),
});

/** A draft with the protocol and the title of another study, or the deletion of a draft, whose name is given again. */
export const studyNamedSchema = z.strictObject({ name });

/** What a study would ask for if it opened now; of many prompts, an estimate. */
export const outlookSchema = z.strictObject({
  prompts: count.describe("Prompts of which something is compared."),
  comparisons: count,
  words: count.nullable().describe("Words that one judgment takes to read; null where there are no texts."),
});
export type Outlook = z.infer<typeof outlookSchema>;
