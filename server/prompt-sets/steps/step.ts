import type { z } from "zod";
import type { Candidate } from "../candidate.ts";

/** What a step makes of a candidate: the same or a changed one, or why it is dropped. */
export type Outcome = Candidate | { readonly dropped: string };

/** What a step knows besides its parameters. */
interface Around {
  /** The same number of [0, 1) for the same key in every build with this seed. */
  readonly chance: (...key: readonly string[]) => number;
}

export type Step = (one: Candidate) => Outcome;

/** A rule that a recipe can name. */
export interface StepKind<Given extends z.ZodType = z.ZodType> {
  /** Its parameters, with their defaults. */
  readonly given: Given;
  /** What it does, in a sentence of the datasheet. */
  readonly words: (given: z.infer<Given>) => string;
  readonly make: (given: z.infer<Given>, around: Around) => Step | Promise<Step>;
}

/** Keeps the types of one kind together. */
export const stepKind = <Given extends z.ZodType>(kind: StepKind<Given>): StepKind => kind;

export const isDropped = (outcome: Outcome): outcome is { readonly dropped: string } => "dropped" in outcome;
