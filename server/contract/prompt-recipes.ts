import { z } from "zod";

export const SPLITS = ["train", "dev", "test"] as const;
export type Split = (typeof SPLITS)[number];

const count = z.number().int().min(0);
const name = z.string().regex(/^[a-z\d][a-z\d-]*$/, "must be one word of small letters, digits and -");

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
  /** How many, by split. */
  into: z.strictObject({ train: count.default(0), dev: count.default(0), test: count.default(0) }),
});

/** What only one kind of source reads. */
const OF_KIND = {
  ...{ site: "stack-exchange", sites: "stack-exchange" },
  ...{ subreddits: "reddit", categories: "wikihow" },
} as const;

const sourceSchema = z
  .strictObject({
    name,
    kind: z.enum(["stack-exchange", "wikihow", "reddit", "natural-instructions", "prompts"]),
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
  sources: z.array(sourceSchema).min(1),
});

export type PromptRecipeSource = z.infer<typeof sourceSchema>;
export type Draw = z.infer<typeof drawSchema>;
export type PromptRecipe = z.infer<typeof promptRecipeSchema> & { readonly name: string };
