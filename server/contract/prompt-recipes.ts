import { z } from "zod";

export const SPLITS = ["train", "dev", "test"] as const;
export type Split = (typeof SPLITS)[number];

const count = z.number().int().min(0);
const name = z.string().regex(/^[a-z\d][a-z\d-]*$/, "must be one word of small letters, digits and -");

/** By what a stratified draw divides candidates. */
const STRATA = ["group", "tag", "language", "length", "difficulty"] as const;
export type Stratum = (typeof STRATA)[number];

const termsSchema = z.strictObject({
  /** The licence of the texts, where they do not carry their own. */
  licence: z.string().optional(),
  /** Whether their terms allow to train on them. Forbidden: only the splits test and dev can be drawn. */
  training: z.enum(["allowed", "forbidden"]).default("allowed"),
  /** Whether each text's author and address must be named. */
  attribution: z.boolean().default(true),
  /** Where the terms are written, and what else they ask. */
  notes: z.string().optional(),
});

const drawSchema = z.strictObject({
  /** none: all together; temperature: a group by its size; evenly: any group as likely; once: each group at most once. */
  groups: z.enum(["none", "temperature", "evenly", "once"]).default("none"),
  /** A group of n candidates is drawn with a probability proportional to n to the power of 1 / temperature. */
  temperature: z.number().positive().default(3),
  /** The size of a group: its candidates before the steps, or what the steps have left. */
  size: z.enum(["held", "eligible"]).default("held"),
  /** Within a group: the highest score first, or by chance. */
  pick: z.enum(["best", "chance"]).default("chance"),
  /** Which split gets its prompts first where there are too few. */
  fill: z
    .array(z.enum(SPLITS))
    .default([])
    .transform((first) => [...new Set([...first, ...FILLED])]),
  /** Divide candidates by these, and draw from each combination its share. */
  strata: z.array(z.enum(STRATA)).default([]),
  /** The share of a stratum: as large as its number of eligible candidates, or the same for all. */
  shares: z.enum(["proportional", "equal"]).default("proportional"),
  /** Where one class of length ends and the next begins, in characters of the prompt. */
  lengths: z
    .array(z.number().int().min(1))
    .min(1)
    .refine((all) => all.every((one, at) => at === 0 || one > all[at - 1]!), { error: "must go up" })
    .default([100, 500]),
  /** How many, by split. */
  into: z.strictObject({ train: count.default(0), dev: count.default(0), test: count.default(0) }),
});

/** An evaluation is worth what its prompts are worth, so the prompts held back from training come first. */
const FILLED: readonly Split[] = ["test", "dev", "train"];

const overlapSchema = z.strictObject({
  /** Training sets and benchmarks: files and folders, relative to the recipe. */
  with: z.array(z.string().min(1)).min(1),
  /** A prompt overlaps with a text that covers more than this share of its words by runs of eight. */
  share: z.number().min(0).lt(1).default(0.5),
});

/** What only one kind of source reads. */
const OF_KIND = {
  ...{ site: "stack-exchange", sites: "stack-exchange" },
  ...{ subreddits: "reddit", categories: "wikihow" },
} as const;

const sourceSchema = z
  .strictObject({
    name,
    kind: z.enum(["stack-exchange", "wikihow", "reddit", "natural-instructions", "conversations", "prompts"]),
    /** Files and folders, relative to the recipe; - is standard input. The command line can name them, too. */
    files: z.array(z.string().min(1)).default([]),
    /** The site of a Stack Exchange dump whose folder does not name it. */
    site: z.string().optional(),
    /** Only these sites, or all but these; the others are not read. */
    sites: z
      .strictObject({ only: z.array(z.string()).optional(), except: z.array(z.string()).optional() })
      .optional(),
    /** Only these subreddits. */
    subreddits: z.array(z.string()).min(1).optional(),
    /** A CSV file with title,category for wikiHow's articles, relative to the recipe. */
    categories: z.string().optional(),
    terms: termsSchema.prefault({}),
    /** Each a step's name, or its name with its parameters; they run in this order. */
    steps: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).default([]),
    draw: drawSchema,
  })
  .refine(({ terms, draw }) => terms.training === "allowed" || draw.into.train === 0, {
    error: "its terms forbid training, so “into” may name dev and test only",
    path: ["draw"],
  })
  .refine(({ draw }) => SPLITS.some((split) => draw.into[split] > 0), {
    error: "asks for no prompts: write how many into train, dev or test",
    path: ["draw", "into"],
  })
  .refine(({ draw }) => draw.strata.length === 0 || draw.groups === "none", {
    error: "has both “groups” and “strata”: each says how candidates are divided, so write one of them",
    path: ["draw"],
  })
  .superRefine((source, context) => {
    for (const [key, kind] of Object.entries(OF_KIND))
      if (source[key as keyof typeof OF_KIND] !== undefined && source.kind !== kind)
        context.addIssue({
          code: "custom",
          path: [key],
          message: `only sources of the kind ${kind} have it`,
        });
  });

/** How a prompt set is built: from which sources, by which rules, and how many of each go into which split. */
export const promptRecipeSchema = z.strictObject({
  name: name.optional(),
  title: z.string().optional(),
  /** What the set is for, in the datasheet. */
  about: z.string().optional(),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
  /** Prompts that share this much of their 5 characters in a row are drawn once in the whole set. */
  near: z.union([z.literal("off"), z.number().gt(0).lte(1)]).default(0.8),
  overlap: overlapSchema.optional(),
  sources: z.array(sourceSchema).min(1),
});

export type PromptRecipeSource = z.infer<typeof sourceSchema>;
export type Draw = z.infer<typeof drawSchema>;
export type PromptRecipe = z.infer<typeof promptRecipeSchema> & { readonly name: string };
