import { z } from "zod";
import type { Candidate } from "../candidate.ts";
import { fieldIn, fieldsIn, lengthOf, textOf } from "./fields.ts";
import { isFirstPerson, referenceFinder, REFERENCES, whyNotAlone } from "./prose.ts";
import { type Outcome, stepKind } from "./step.ts";

const none = z.strictObject({});
const scoreMin = z.strictObject({ min: z.number().int() });
const keepIf =
  (test: (one: Candidate) => string | null) =>
  (one: Candidate): Outcome => {
    const why = test(one);
    return why === null ? one : { dropped: why };
  };

/** Steps that keep a candidate as it is, or drop it. */
export const FILTERS = {
  score: stepKind({
    given: scoreMin,
    words: ({ min }) => `Only prompts with a score of at least ${min}.`,
    make: ({ min }) =>
      keepIf(({ score }) => (score === null ? "has no score" : score < min ? `score below ${min}` : null)),
  }),
  "response-score": stepKind({
    given: scoreMin,
    words: ({ min }) => `Only those whose best answer has a score of at least ${min}.`,
    make: ({ min }) =>
      keepIf(({ texts, responseScore }) => {
        if (texts.response === null) return "no answer";
        return responseScore === null || responseScore < min ? `best answer scores below ${min}` : null;
      }),
  }),
  answered: stepKind({
    given: none,
    words: () => "Only those with an answer.",
    make: () => keepIf(({ texts }) => (texts.response?.trim() ? null : "no answer")),
  }),
  open: stepKind({
    given: none,
    words: () => "No closed questions.",
    make: () => keepIf(({ isClosed }) => (isClosed ? "closed" : null)),
  }),
  "not-adult": stepKind({
    given: none,
    words: () => "Nothing that its source marks as for adults.",
    make: () => keepIf(({ isAdult }) => (isAdult ? "marked as for adults" : null)),
  }),
  "no-body": stepKind({
    given: none,
    words: () => "Only titles without a text below them.",
    make: () => keepIf(({ texts }) => (texts.body?.trim() ? "has a text below its title" : null)),
  }),
  "stands-alone": stepKind({
    given: z.strictObject({ in: fieldIn("title") }),
    words: ({ in: field }) => `The ${field} can be understood alone, as far as words show it.`,
    make: ({ in: field }) =>
      keepIf((one) => {
        const why = whyNotAlone(textOf(one, field));
        return why && `the ${field} ${why}`;
      }),
  }),
  length: stepKind({
    given: z.strictObject({
      in: fieldIn("response"),
      min: z.number().int().min(0).default(0),
      max: z.number().int().min(1).optional(),
    }),
    words: ({ in: field, min, max }) =>
      `A ${field} of ${min.toLocaleString("en")} ${max === undefined ? "characters or more" : `to ${max.toLocaleString("en")} characters`}.`,
    make: ({ in: field, min, max = Infinity }) =>
      keepIf((one) => {
        const length = lengthOf(textOf(one, field));
        if (length < min) return `${field} shorter than ${min.toLocaleString("en")} characters`;
        return length > max ? `${field} longer than ${max.toLocaleString("en")} characters` : null;
      }),
  }),
  "no-first-person": stepKind({
    given: z.strictObject({ in: fieldsIn(["response"]) }),
    words: ({ in: fields }) =>
      `No ${fields.join(" or ")} in the first person (“I”, “my”), outside of code and quotes.`,
    make: ({ in: fields }) =>
      keepIf((one) => {
        const found = fields.find((field) => isFirstPerson(textOf(one, field)));
        return found === undefined ? null : `${found} in the first person`;
      }),
  }),
  "no-references": stepKind({
    given: z.strictObject({
      in: fieldsIn(["response"]),
      words: z
        .array(z.string().min(1))
        .min(1)
        .default([...REFERENCES]),
    }),
    words: ({ in: fields }) => `No ${fields.join(" or ")} that refers to other answers or to its site.`,
    make: ({ in: fields, words }) => {
      const referenceIn = referenceFinder(words);
      return keepIf((one) => {
        for (const field of fields) {
          const found = referenceIn(textOf(one, field));
          if (found !== null) return `${field} refers to “${found}”`;
        }
        return null;
      });
    },
  }),
  groups: stepKind({
    given: z
      .strictObject({
        only: z.array(z.string()).min(1).optional(),
        except: z.array(z.string()).min(1).optional(),
      })
      .refine(({ only, except }) => (only === undefined) !== (except === undefined), {
        error: "must have either “only” or “except”",
      }),
    words: ({ only, except }) =>
      only
        ? `Only ${only.length === 1 ? only[0]! : `${only.length} named groups`}.`
        : `Without ${except?.length === 1 ? except[0]! : `${except?.length} named groups`}.`,
    make: ({ only, except }) => {
      const named = new Set((only ?? except ?? []).map((name) => name.toLowerCase()));
      return keepIf(({ group }) =>
        named.has(group.toLowerCase()) === (only !== undefined) ? null : "of another group",
      );
    },
  }),
};
