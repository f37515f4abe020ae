import { z } from "zod";
import { SPLITS } from "./prompt-recipes.ts";
import { protocolPatchSchema, studyCreateSchema } from "./studies.ts";

/** A version is named, so that the file means the same prompts tomorrow. */
const setVersion = z
  .string()
  .regex(/^[a-z\d][a-z\d-]{0,79}@[1-9]\d{0,8}$/, "must be NAME@VERSION, such as cooking@2");

const { name, publicTitle } = studyCreateSchema.shape;

/** A study as one file; what it leaves out stays as it is. */
export const studyFileSchema = z.strictObject({
  study: name.describe("The name of the study, which is made if there is none."),
  title: publicTitle.describe("Its title, which annotators see."),
  protocol: protocolPatchSchema.optional().describe("The parts of the protocol that are set."),
  prompts: z
    .union([setVersion, z.strictObject({ set: setVersion, split: z.enum(SPLITS).optional() })])
    .optional()
    .describe("Prompts of a kept set, as NAME@VERSION; with a split, of that split alone."),
  files: z
    .array(z.union([z.string(), z.looseObject({ file: z.string() })]))
    .optional()
    .describe("Files to load, as in a manifest; paths are relative to this file."),
  systems: z
    .record(z.string(), z.string().trim().min(1).max(200))
    .optional()
    .describe("Systems to their names in reports."),
  state: z.literal("open").optional().describe("Whether the study is opened."),
});
export type StudyFile = z.infer<typeof studyFileSchema>;
