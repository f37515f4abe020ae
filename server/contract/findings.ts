/** What the blinding audit looks for in the outputs of a system, the most telling first. */
export const FINDING_KINDS = [
  "own-name",
  "other-name",
  "maker",
  "opening",
  "format",
  "thinking",
  "token",
  "cut",
  "failure",
  "misread",
  "identical",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** What can be taken out of a text so that the rest still reads. */
const MASKABLE = ["own-name", "other-name", "maker", "thinking", "token"] as const;
export type MaskableKind = (typeof MASKABLE)[number];
export const isMaskable = (kind: FindingKind): kind is MaskableKind =>
  (MASKABLE as readonly FindingKind[]).includes(kind);

/** What can be done about what was found. */
export const AUDIT_CHOICES = ["keep", "mask", "leave out"] as const;
export type AuditChoice = (typeof AUDIT_CHOICES)[number];
