import { z } from "zod";
import { loadReportSchema } from "./loading.ts";
import { SPLITS } from "./prompt-recipes.ts";

/** The most prompts in one version: they come in one request, and are stored in one transaction, while people judge. */
export const SET_ITEMS_MAX = 20_000;
/** The most bytes in which a version can be sent. */
export const SET_BYTES_MAX = 64 * 1024 * 1024;
const TURNS_MAX = 100;
const TAGS_MAX = 200;

const count = z.number().int().nonnegative();
const splitSchema = z.enum(SPLITS);
const short = z.string().min(1).max(500);
/** Both databases hold the same characters. */
const text = z
  .string()
  .refine(
    (given) => !/[\0\p{Surrogate}]/u.test(given),
    "holds a character that is no text (U+0000 or half a pair)",
  );

/** What a set is called in commands and addresses. */
export const promptSetNameSchema = z
  .string()
  .regex(/^[a-z\d][a-z\d-]{0,79}$/, "must be small letters, digits and -, 80 at most");

/** One prompt of a version, with what its licence wants to be kept. */
export const promptSetItemSchema = z.strictObject({
  id: short.describe("Unique in its version; the id that the prompt has in studies."),
  split: splitSchema,
  turns: z.array(text).min(1).max(TURNS_MAX).describe("The messages of the user."),
  response: text.nullable().describe("An answer to train on; null: none."),
  source: short.nullable(),
  group: short.nullable().describe("A part of its source, such as a site or a category."),
  tags: z.array(z.string().max(200)).max(TAGS_MAX),
  licence: short.nullable().describe("Null: none is stated."),
  url: z.string().max(2000).nullable(),
  attribution: z
    .string()
    .nullable()
    .describe("What its licence asks to be written, as one line of Markdown."),
  fields: z.record(z.string(), z.unknown()).describe("What else its file had on it."),
});
export type PromptSetItem = z.infer<typeof promptSetItemSchema>;

/** A version to be kept. */
export const versionToKeepSchema = z.strictObject({
  title: z.string().trim().min(1).max(200).optional().describe("The title of the set; missing: it stays."),
  reason: z
    .string()
    .trim()
    .max(2000)
    .default("")
    .describe("Why there is a new version; the first needs none."),
  files: z.array(short).max(100).describe("The files that it was read from."),
  recipe: z.string().max(1_000_000).nullable(),
  datasheet: z.string().max(5_000_000).nullable().describe("How it was built, in Markdown."),
  edited: z.boolean().describe("Whether its prompts were changed after they were built."),
  items: z.array(promptSetItemSchema).min(1).max(SET_ITEMS_MAX),
});
export type VersionToKeep = z.input<typeof versionToKeepSchema>;

/** What a version holds, by split and by value; of the longer lists the most frequent. */
const tallySchema = z.array(z.strictObject({ name: z.string(), train: count, dev: count, test: count }));
const versionCountsSchema = z.strictObject({
  prompts: count,
  train: count,
  dev: count,
  test: count,
  sources: tallySchema,
  groups: tallySchema,
  tags: tallySchema,
  licences: tallySchema,
});
export type VersionCounts = z.infer<typeof versionCountsSchema>;

const versionSchema = z.strictObject({
  version: count,
  frozenAt: z.string(),
  by: z.string(),
  hash: z.string().describe("SHA-256 of its prompts, in whatever order they were given."),
  prompts: count,
  reason: z.string(),
  files: z.array(z.string()),
});
export type PromptSetVersion = z.infer<typeof versionSchema>;

const decisionSchema = z.strictObject({
  version: count.describe("The version that it led to."),
  prompt: z.string().describe("The id of the prompt."),
  decision: z.enum(["dropped"]),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});

/** A study that took prompts from a set, as its load remembers. */
const useSchema = z.strictObject({
  study: z.string(),
  version: count,
  split: splitSchema.nullable().describe("Null: all splits."),
  prompts: count,
  at: z.string(),
});

export const promptSetsSchema = z.strictObject({
  sets: z.array(
    z.strictObject({ set: z.string(), title: z.string(), latest: versionSchema, versions: count }),
  ),
});
export type PromptSets = z.infer<typeof promptSetsSchema>;

/** A set, with what one of its versions holds. */
export const promptSetSchema = z.strictObject({
  set: z.string(),
  title: z.string(),
  versions: z.array(versionSchema),
  shown: z.strictObject({
    version: count,
    counts: versionCountsSchema,
    edited: z.boolean(),
    hasDatasheet: z.boolean(),
    hasRecipe: z.boolean(),
  }),
  decisions: z.array(decisionSchema),
  uses: z.array(useSchema),
});
export type PromptSet = z.infer<typeof promptSetSchema>;

export const versionKeptSchema = z.strictObject({
  set: z.string(),
  version: count,
  hash: z.string(),
  isNew: z
    .boolean()
    .describe("False: the latest version has the same prompts already, and nothing was kept."),
  prompts: count,
  train: count,
  dev: count,
  test: count,
});
export type VersionKept = z.infer<typeof versionKeptSchema>;

export const dropWantedSchema = z.strictObject({
  prompts: z.array(short).min(1).max(SET_ITEMS_MAX),
  reason: z.string().trim().min(1).max(2000),
});

/** What differs between two versions, with the first of each kind. */
const EXAMPLES_MAX = 20;
const exampleSchema = z.strictObject({ id: z.string(), before: z.string(), after: z.string() });
const changedSchema = z.strictObject({ prompts: count, examples: z.array(exampleSchema).max(EXAMPLES_MAX) });
export const versionsDiffSchema = z.strictObject({
  set: z.string(),
  from: count,
  to: count,
  same: count.describe("Prompts that are the same in everything."),
  added: changedSchema,
  removed: changedSchema,
  texts: changedSchema,
  responses: changedSchema,
  splits: changedSchema,
  tags: changedSchema,
  other: changedSchema.describe("Source, group, licence, address, attribution or another field."),
});
export type VersionsDiff = z.infer<typeof versionsDiffSchema>;
export const DIFF_EXAMPLES = EXAMPLES_MAX;

/** A draw of some prompts. */
const drawSchema = z.strictObject({
  size: z.coerce.number().int().min(1).max(SET_ITEMS_MAX),
  seed: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  unused: z.boolean().describe("Only prompts whose text is in no study yet."),
});
export type SetDraw = z.infer<typeof drawSchema>;

/** Which prompts are meant. */
export const promptsWantedSchema = z.strictObject({
  version: z.coerce.number().int().min(1).optional().describe("Missing: the latest."),
  split: splitSchema.optional().describe("Missing: all splits."),
  draw: drawSchema.optional().describe("Missing: all of them."),
});
export type PromptsWanted = z.infer<typeof promptsWantedSchema>;

export const setDrawnSchema = z.strictObject({
  set: z.string(),
  version: count,
  hash: z.string(),
  split: splitSchema.nullable(),
  from: count.describe("Prompts of this split."),
  used: count.describe("Those of them whose text is in a study."),
  usedBy: z.array(z.strictObject({ study: z.string(), prompts: count })),
  items: z.array(promptSetItemSchema),
});
export type SetDrawn = z.infer<typeof setDrawnSchema>;

export const PROMPT_SET_FORMATS = [
  ...([
    "prompts",
    "lima",
    "alpaca",
    "messages",
    "csv",
    "parquet",
    "attribution",
    "datasheet",
    "recipe",
  ] as const),
  "set",
] as const;
export type PromptSetFormat = (typeof PROMPT_SET_FORMATS)[number];

/** Where prompts of a study came from, as its load remembers and its report tells. */
export const promptSetUsedSchema = z.strictObject({
  set: z.string(),
  version: count,
  hash: z.string(),
  split: splitSchema.nullable(),
  draw: drawSchema.nullable(),
});
export type PromptSetUsed = z.infer<typeof promptSetUsedSchema>;

export const promptsLoadedSchema = z.strictObject({
  report: loadReportSchema,
  drawn: setDrawnSchema.omit({ items: true }).extend({ taken: count.describe("Prompts that were loaded.") }),
});
export type PromptsLoaded = z.infer<typeof promptsLoadedSchema>;
