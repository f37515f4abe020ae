import { z } from "zod";
import { type Candidate, type Field, FIELDS } from "../candidate.ts";

/** Which text a step looks at. */
export const fieldIn = (standard: Field) => z.enum(FIELDS).default(standard);

/** A list of texts, or one. */
export const fieldsIn = (standard: readonly Field[]) =>
  z
    .preprocess((value) => (typeof value === "string" ? [value] : value), z.array(z.enum(FIELDS)).min(1))
    .default([...standard]);

export const textOf = (one: Candidate, field: Field): string => one.texts[field] ?? "";

/** Length in code points, as people count characters. */
export const lengthOf = (text: string): number => text.length - (text.match(SECOND_HALF)?.length ?? 0);

/** What follows the first half of a code point beyond 0xFFFF. */
const SECOND_HALF = /(?<=[\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
