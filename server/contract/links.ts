import { z } from "zod";

const count = z.number().int().nonnegative();
const name = z.string().min(1).max(200);

/** A link that was given out, as the owner sees it: never the link itself, of which only a hash is kept. */
const issuedLinkSchema = z.strictObject({
  /** By which it is revoked: a personal link has its annotator's. */
  name,
  kind: z.enum(["personal", "shared", "results"]),
  label: z.string().nullable().describe("What whoever runs the study calls it; null: nothing."),
  /** Whom it lets in; null for results. */
  group: z.string().nullable(),
  state: z.enum(["valid", "revoked"]),
  madeAt: z.string().nullable().describe("Null: made before that was noted."),
  usedAt: z
    .string()
    .nullable()
    .describe("When it was last used, within a minute; null: never, as far as is known."),
  revokedAt: z.string().nullable(),
  judged: count.nullable().describe("Pairs judged by the person of a personal link; null for others."),
  of: count.nullable().describe("The most judgments that this person is asked for; null: no limit."),
  most: count
    .nullable()
    .optional()
    .describe("Of a shared link: how many people may join; null: three times those needed, at least 50."),
  sawResultsAt: z
    .string()
    .optional()
    .describe(
      "When this person first judged in a browser that had shown the results; missing: never, as far as is known.",
    ),
  snapshot: count
    .nullable()
    .describe("Of results: the number of the snapshot that it shows; null: live, or no results."),
});
export type IssuedLink = z.infer<typeof issuedLinkSchema>;

export const issuedLinksSchema = z.strictObject({ links: z.array(issuedLinkSchema) });
export type IssuedLinks = z.infer<typeof issuedLinksSchema>;

/** Links to revoke, or to bring back, by their names. */
export const linkNamesSchema = z.strictObject({ names: z.array(name).min(1).max(10_000) });
export const linksChangedSchema = issuedLinksSchema.extend({
  changed: z.array(name).describe("Those that were not so before."),
});
export type LinksChanged = z.infer<typeof linksChangedSchema>;

/** How many people may join by a shared link, in place of what was set. */
export const linkLimitSchema = z.strictObject({
  name,
  most: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .describe("Null: three times the people needed, at least 50."),
});

/** What whoever runs the study calls a link, in place of what was set. */
export const linkLabelSchema = z.strictObject({
  name,
  label: z.string().trim().min(1).max(200).nullable().describe("Null: nothing."),
});

/** A link to make anew. */
export const linkNameSchema = z.strictObject({ name });
export const linkReplacedSchema = z.strictObject({
  name,
  url: z.string().describe("The new link, shown once: only its hash is kept. The old one has ended."),
  warning: z.string().nullable().describe("For whoever sends it; null: nothing to know."),
});
export type LinkReplaced = z.infer<typeof linkReplacedSchema>;
