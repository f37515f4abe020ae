import type { JudgeMethod } from "../../contract/judge-method.ts";

/** What a prompt's own fields give a judge, and no annotator sees. */
export interface PromptFields {
  /** A reference answer, turn by turn. */
  readonly reference: readonly string[];
  readonly criteria: string | null;
}

export const NO_FIELDS: PromptFields = { reference: [], criteria: null };

/**
 * What a method takes from the fields that a prompt was loaded with.
 * @param metadata those fields, as JSON
 * @param turns of the prompt, up to the one that is judged
 */
export function fieldsOf(
  { criteriaField, referenceField }: Pick<JudgeMethod, "criteriaField" | "referenceField">,
  { metadata, turns }: { metadata: string; turns: number },
): PromptFields {
  if (criteriaField === undefined && referenceField === undefined) return NO_FIELDS;
  const fields = JSON.parse(metadata) as Readonly<Record<string, unknown>>;
  const valueOf = (name: string | undefined) =>
    name !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
  const criteria = textsIn(valueOf(criteriaField));
  return {
    reference: textsIn(valueOf(referenceField)).slice(0, turns),
    criteria: criteria.length === 0 ? null : criteria.join("\n"),
  };
}

/** A text, or the texts of a list; what is none of these stands as JSON. */
function textsIn(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const all = Array.isArray(value) ? (value as unknown[]) : [value];
  return all
    .map((one) => (typeof one === "string" ? one : JSON.stringify(one)))
    .filter((one) => /\S/.test(one));
}
