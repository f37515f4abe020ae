import { z } from "zod";
import { protocolPatchSchema, studyCreateSchema } from "./studies.ts";

const { name, publicTitle } = studyCreateSchema.shape;

/** A study as one file; what it leaves out stays as it is. */
export const studyFileSchema = z.strictObject({
  study: name.describe("The name of the study, which is made if there is none."),
  title: publicTitle.describe("Its title, which annotators see."),
  protocol: protocolPatchSchema.optional().describe("The parts of the protocol that are set."),
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
