import { z } from "zod";
import { type Candidate, flagged, UNSURE } from "../candidate.ts";
import { fieldIn, fieldsIn, textOf } from "./fields.ts";
import { LANGUAGES, languageTeller } from "./language.ts";
import { personalDataIn } from "./personal-data.ts";
import { stepKind } from "./step.ts";

/** The tag of what the step `unsafe` flags, so that a study can ask for such prompts, or leave them out. */
const SENSITIVE = "sensitive";
const code = z.string().refine((one) => LANGUAGES.includes(one), {
  error: ({ input }) =>
    `“${String(input)}” is no language that can be told. Those are ${LANGUAGES.join(", ")}`,
});

/** Steps that look at texts and write down what they see: nothing is dropped but what a recipe says is not wanted. */
export const SCREENS = {
  language: stepKind({
    given: z.strictObject({ in: fieldIn("prompt"), among: z.array(code).min(2).optional() }),
    words: ({ in: field, among }) =>
      `The language of each ${field} is told${among ? ` (among ${among.join(", ")})` : ""}, unless its source names it; “${UNSURE}” where it cannot be.`,
    make: async ({ in: field, among = null }) => {
      const tell = await languageTeller(among);
      return (one) => (one.language === null ? { ...one, language: tell(textOf(one, field)) } : one);
    },
  }),
  languages: stepKind({
    given: z.strictObject({ only: z.array(z.string()).min(1) }),
    words: ({ only }) => `Only prompts in ${only.join(", ")}.`,
    make: ({ only }) => {
      const wanted = new Set(only);
      return (one) =>
        wanted.has(one.language ?? UNSURE)
          ? one
          : { dropped: `in another language (${one.language ?? UNSURE})` };
    },
  }),
  "personal-data": stepKind({
    given: z.strictObject({ in: fieldsIn(["prompt", "response"]) }),
    words: ({ in: fields }) =>
      `What looks like personal data or a secret in ${fields.join(" and ")} is flagged, and stays: addresses, numbers, keys.`,
    make:
      ({ in: fields }) =>
      (one) =>
        flagged(
          one,
          "personal-data",
          fields.flatMap((field) =>
            personalDataIn(textOf(one, field)).map((found) => `${found} in the ${field}`),
          ),
        ),
  }),
  unsafe: stepKind({
    given: z.strictObject({}),
    words: () =>
      `What its source marks as unsafe or for adults is flagged and tagged “${SENSITIVE}”, and stays.`,
    make: () => (one) => {
      const what = unsafeOf(one);
      if (what.length === 0) return one;
      return flagged({ ...one, tags: [...new Set([...one.tags, SENSITIVE])] }, "unsafe", what);
    },
  }),
};

const unsafeOf = ({ unsafe, isAdult }: Candidate): string[] => [
  ...(isAdult ? ["marked as for adults"] : []),
  ...unsafe,
];
