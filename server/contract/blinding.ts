import { z } from "zod";
import { AUDIT_CHOICES, FINDING_KINDS } from "./findings.ts";
import { count, estimateSchema, maybe, proportion } from "./report-estimates.ts";

const findingKind = z.enum(FINDING_KINDS);
const choiceSchema = z.enum(AUDIT_CHOICES);

const decisionSchema = z.strictObject({
  choice: choiceSchema,
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});
export type AuditDecision = z.infer<typeof decisionSchema>;

const findingSchema = z.strictObject({
  finding: z.string().describe("Its name in decisions: the kind, a colon, and the name of the system."),
  kind: findingKind,
  system: z.string().describe("The name of the system."),
  label: z.string().describe("The display name of the system."),
  responses: count.describe("Responses of the system with it."),
  of: count.describe("All responses of the system."),
  what: z
    .array(z.strictObject({ text: z.string(), responses: count }))
    .describe("What was found, the most frequent first."),
  examples: z.array(z.strictObject({ prompt: z.string(), text: z.string() })),
  decision: decisionSchema.nullable().describe("The latest decision; null: nobody has decided."),
  sinceDecided: count
    .optional()
    .describe(
      "Of these responses, those that came after the decision, which does not apply to them; missing: none.",
    ),
});
export type AuditFinding = z.infer<typeof findingSchema>;

const systemSchema = z.strictObject({
  label: z.string().describe("The display name of the system."),
  responses: count,
  medianCharacters: maybe.describe("Of the responses in the sample."),
});

const toldApartSchema = z.strictObject({
  system: z.string().describe("Its display name, as of the other."),
  against: z.string(),
  prompts: count.describe("Prompts with a response of each, in the sample."),
  accuracy: estimateSchema.describe(
    "The share of prompts on which a classifier that saw other prompts finds which response is whose; chance is ½.",
  ),
  p: proportion.nullable().describe("Permutation test of accuracy against chance."),
  corrected: proportion.nullable().describe("p, corrected by Holm over the pairs."),
  longer: proportion
    .nullable()
    .describe("The share of prompts on which the first system's response is longer, ½ where they are equal."),
});
export type ToldApart = z.infer<typeof toldApartSchema>;

/** What an audit found, as it is kept. */
export const auditBodySchema = z.strictObject({
  madeAt: z.string(),
  prompts: count,
  responses: count,
  sampled: count.describe("Prompts in the sample that style is judged by."),
  findings: z.array(findingSchema.omit({ decision: true, sinceDecided: true })),
  systems: z.array(systemSchema),
  toldApart: z.array(toldApartSchema),
});
export type AuditBody = z.infer<typeof auditBodySchema>;

/** An audit with the decisions. */
const auditSchema = auditBodySchema.extend({
  findings: z.array(findingSchema),
  isStale: z.boolean().describe("Whether texts, names or pairs have changed since."),
});
export type Audit = z.infer<typeof auditSchema>;

/** Where an audit stands: none yet, one on its way, or the latest one. */
export const auditStateSchema = z.strictObject({
  audit: auditSchema.nullable(),
  running: z
    .strictObject({ done: count, of: count })
    .nullable()
    .describe("Prompts gone through, of how many."),
  failed: z.string().nullable().describe("Why the latest attempt came to nothing."),
});
export type AuditState = z.infer<typeof auditStateSchema>;

/** What followed from a decision. */
const followedSchema = z.strictObject({
  leftOut: z
    .strictObject({ responses: count, comparisons: count })
    .describe("Responses whose comparisons are left out now, and comparisons of the study that are."),
  masked: count.describe("Responses whose text is masked now."),
});
export type Followed = z.infer<typeof followedSchema>;

/** Where an audit stands after a decision. */
export const auditDecidedSchema = auditStateSchema.extend({ followed: followedSchema });
export type AuditDecided = z.infer<typeof auditDecidedSchema>;

const REASON_MAX = 2000;
export const decideFindingSchema = z.strictObject({
  finding: z.string().min(1).max(600),
  choice: choiceSchema,
  reason: z.string().trim().min(1).max(REASON_MAX),
});
export type DecideFinding = z.infer<typeof decideFindingSchema>;

/** A pair's half-tie rate by prompt, of all people, with and without the texts that the audit found something in. */
const bothWaysSchema = z.strictObject({
  system: z.string(),
  against: z.string(),
  all: z.strictObject({ judgments: count, halfTieRateByPrompt: estimateSchema }),
  counted: z.strictObject({ judgments: count, halfTieRateByPrompt: estimateSchema }),
  unaffected: z.strictObject({ judgments: count, halfTieRateByPrompt: estimateSchema }),
});

/** The blinding of a study in its report. */
export const blindingSchema = auditSchema.extend({
  leftOut: count.describe("Judgments on comparisons that are left out."),
  pairs: z
    .array(bothWaysSchema)
    .describe(
      "With what is left out, as counted, and without every comparison in which something was found and not masked.",
    ),
});
export type Blinding = z.infer<typeof blindingSchema>;
