import { z } from "zod";
import { type Candidate, type Field, withPrompt, withText } from "../candidate.ts";
import { fieldIn, fieldsIn, textOf } from "./fields.ts";
import { htmlToText } from "./html-to-text.ts";
import { type Outcome, stepKind } from "./step.ts";
import { nameOf } from "./wikihow-titles.ts";

const each =
  (fields: readonly Field[], change: string, to: (text: string) => string) =>
  (one: Candidate): Outcome =>
    fields.reduce((now, field) => {
      const text = now.texts[field];
      return text === null ? now : withText(now, field, to(text), change);
    }, one);

/** Steps that change texts; each change is on record with its candidate. */
export const CHANGES = {
  text: stepKind({
    given: z.strictObject({ in: fieldsIn(["body", "response"]) }),
    words: ({ in: fields }) =>
      `HTML of ${fields.join(" and ")} becomes text: links, images and tags go, code and lists stay.`,
    make: ({ in: fields }) => each(fields, "HTML to text", htmlToText),
  }),
  "wikihow-opening": stepKind({
    given: z.strictObject({ in: fieldIn("response") }),
    words: () => "An answer that begins “This article” begins “The following answer”.",
    make: ({ in: field }) =>
      each([field], "“This article” became “The following answer”", (text) =>
        text.replace(/^\s*This article\b/, "The following answer"),
      ),
  }),
  "wikihow-tidy": stepKind({
    given: z.strictObject({}),
    words: () => "Digits right after the last word of titles, and stray marks between steps, go.",
    make: () => (one) =>
      each(["title", "prompt"], "digits at the end of the title removed", (text) => nameOf(text))(
        each(["body", "response"], "stray marks removed", (text) =>
          text
            .replace(/;\n/g, "\n")
            .replace(/\n,[^\S\n]*/g, "\n")
            .replace(/\.,\n/g, ".\n")
            // With a blank after it, the comma is the author's: “e.g., flour”.
            .replace(/\.,(?=\S)/g, ". ")
            .trim(),
        )(one) as Candidate,
      ),
  }),
  prompt: stepKind({
    given: z.strictObject({
      title: z.number().min(0).max(1).default(0.5),
    }),
    words: ({ title }) =>
      `The prompt is the title for ${Math.round(title * 100)} % of them, by chance, and the description for the others.`,
    make:
      ({ title }, { chance }) =>
      (one) => {
        const isTitle = textOf(one, "body").trim() === "" || chance("prompt", one.id) < title;
        return withPrompt(one, isTitle ? "title" : "body");
      },
  }),
};
