import { z } from "zod";
import { fieldIn, textOf } from "./fields.ts";
import { foldedHash } from "./folded.ts";
import { NearTexts } from "./near.ts";
import { stepKind } from "./step.ts";

/** The first of those that are the same stays; which is the first does not depend on the order in which files are named. */
export const DUPLICATES = {
  "no-duplicates": stepKind({
    given: z.strictObject({ in: fieldIn("prompt") }),
    words: ({ in: field }) => `Of equal ${field}s, whatever their capitals and white space, only the first.`,
    make: ({ in: field }) => {
      const seen = new Set<string>();
      return (one) => {
        const hash = foldedHash(textOf(one, field));
        if (seen.has(hash)) return { dropped: `the same ${field} as another` };
        seen.add(hash);
        return one;
      };
    },
  }),
  "no-near-duplicates": stepKind({
    given: z.strictObject({ in: fieldIn("prompt"), similarity: z.number().gt(0).lte(1).default(0.8) }),
    words: ({ in: field, similarity }) =>
      `Of ${field}s that share ${similarity.toFixed(2)} or more of their 5 characters in a row (Jaccard), only the first; MinHash finds them, and may miss a few.`,
    make: ({ in: field, similarity }) => {
      const texts = new NearTexts(similarity);
      return (one) => {
        const text = textOf(one, field);
        if (texts.find(text) !== null) return { dropped: `nearly the same ${field} as another` };
        texts.add(one.id, text);
        return one;
      };
    },
  }),
};
