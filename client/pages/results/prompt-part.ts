import { addressWith } from "./shown-group.ts";

/** A part of the prompts, as the slices name it. */
export interface PromptPart {
  field: string;
  value: string;
}

const NAMES = { field: "prompts-of", value: "prompts" } as const;

/** The part that the address asks for; nothing: all prompts. */
export function partFrom(search: string): PromptPart | undefined {
  const query = new URLSearchParams(search);
  const [field, value] = [query.get(NAMES.field), query.get(NAMES.value)];
  return field && value ? { field, value } : undefined;
}

/** The address of the results of one part, or of all prompts; other choices in it stay. */
export const addressOfPart = (
  part: PromptPart | null,
  place: { pathname: string; hash: string; search: string },
): string => addressWith({ [NAMES.field]: part?.field ?? null, [NAMES.value]: part?.value ?? null }, place);
