import { createHash } from "node:crypto";
import { z } from "zod";
import { fieldIn, textOf } from "./fields.ts";
import { stepKind } from "./step.ts";

/** A text as it is compared: compatibility forms, capitals and white space made alike. */
export const folded = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

export const foldedHash = (text: string): string =>
  createHash("sha256").update(folded(text)).digest("base64");

/** The first of those that are the same stays; which is the first does not depend on the order of files, as sources sort their rows. */
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
};
