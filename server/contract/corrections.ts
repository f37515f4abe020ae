import { z } from "zod";

/** What is wrong with a study's material, and what corrects it: unloading, renaming, merging. */

const count = z.int().nonnegative();
const reason = z.string().trim().min(1).max(2000).nullable().default(null);

/** Pairs of a prompt's turn that nobody can be asked about, and why. */
const notHandedOutSchema = z.strictObject({
  pairs: count,
  of: count.describe("All pairs that the protocol compares."),
  reasons: z.array(
    z.strictObject({
      why: z.string(),
      pairs: count,
      prompts: z.array(z.string()).describe("The first prompts of which it is so."),
    }),
  ),
});
export type NotHandedOut = z.infer<typeof notHandedOutSchema>;

/** What outputs of a study may reveal about the system, with how many do. */
const revealingSchema = z.strictObject({ message: z.string(), outputs: count });
export type Revealing = z.infer<typeof revealingSchema>;

/** GET /api/studies/:study/warnings */
export const studyWarningsSchema = z.strictObject({
  notHandedOut: notHandedOutSchema,
  revealing: z.array(revealingSchema),
});
export type StudyWarnings = z.infer<typeof studyWarningsSchema>;

/** POST /api/studies/:study/unload */
export const unloadRequestSchema = z.strictObject({
  loads: z.array(count).min(1).max(10_000).nullable().describe("Numbers of loads; null: all of them."),
  reason: reason.describe(
    "Why, if judgments or later files rest on them. With it, judgments leave the figures, and no backup is written.",
  ),
});
export const unloadedSchema = z.strictObject({
  study: z.string(),
  loads: z.array(z.strictObject({ number: count, file: z.string() })).readonly(),
  prompts: count,
  responses: count,
  judgments: count,
  uncounted: count.describe("Judgments that stay, and count in no figure any more."),
  copy: z.string().nullable().describe("The backup that was written first; null: none."),
});
export type Unloaded = z.infer<typeof unloadedSchema>;

const name = z.string().min(1).max(500);
const renamingSchema = z.strictObject({ what: z.enum(["system", "prompt"]), from: name, to: name });
/** One system or prompt, and the name that it gets. */
export type Renaming = z.infer<typeof renamingSchema>;

/** POST /api/studies/:study/rename */
export const renameRequestSchema = z.strictObject({
  renamings: z.array(renamingSchema).min(1).max(1000),
  merge: z.boolean().default(false).describe("Whether one may become one with another of the new name."),
  reason: reason.describe("Why two are merged in a study that has opened."),
});
const renamedOneSchema = renamingSchema.extend({ isMerged: z.boolean() });
/** What became of one. */
export type Renamed = z.infer<typeof renamedOneSchema>;
export const renamedSchema = z.strictObject({ renamed: z.array(renamedOneSchema) });
