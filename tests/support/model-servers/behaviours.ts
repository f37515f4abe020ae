import { betterOf, type Label, longerOf, obeyed, placeOf, type Question } from "./question.ts";

/** How a scripted model server can be met. */
export type Behaviour =
  | "good"
  | "slow"
  | "hangs"
  | "rate limited"
  | "rate limited without Retry-After"
  | "quota spent"
  | "server error"
  | "overloaded"
  | "cut off"
  | "malformed JSON"
  | "other shape"
  | "huge"
  | "refusal"
  | "refusal in words"
  | "moderated"
  | "truncated"
  | "empty"
  | "prose around"
  | "always A"
  | "longer wins"
  | "flips"
  | "injection obeyed"
  | "other model"
  | "contradictory"
  | "rejects schemas"
  | "rejects sampling"
  | "rejects repetition penalties"
  | "too long"
  | "unauthorised"
  | "redirects"
  | "error in 200";

/** What a scripted model says: its text, and how its reply ends. */
export interface Words {
  readonly text: string;
  readonly finish: "complete" | "length" | "refused";
}

const VERDICTS: Readonly<Partial<Record<Behaviour, (question: Question) => Label>>> = {
  "always A": () => "A",
  "longer wins": longerOf,
  flips: placeOf,
  "injection obeyed": obeyed,
};

/** What is said in a behaviour about a question; to anything else it responds in a sentence. */
export function wordsFor(behaviour: Behaviour, question: Question | null, prompt: string): Words {
  if (behaviour === "refusal") return { text: "", finish: "refused" };
  if (behaviour === "empty") return complete("");
  if (behaviour === "refusal in words") return complete("I'm sorry, but I can't compare these.");
  const whole = question === null ? responseTo(prompt) : sayVerdict(behaviour, question);
  return behaviour === "truncated"
    ? { text: whole.slice(0, Math.floor(whole.length / 2)), finish: "length" }
    : complete(whole);
}

const complete = (text: string): Words => ({ text, finish: "complete" });

const responseTo = (prompt: string): string =>
  `A response to ${prompt.length} characters: ${prompt.slice(0, 60)}`;

function sayVerdict(behaviour: Behaviour, question: Question): string {
  const label = (VERDICTS[behaviour] ?? betterOf)(question);
  const said = question.wantsJson ? asJson(label) : asLastLine(label);
  const other = label === "A" ? "B" : "A";
  if (behaviour === "contradictory")
    return question.wantsJson ? `${asJson(other)}\n${said}` : `${asLastLine(other)}\n\n${said}`;
  if (behaviour === "prose around")
    return `Certainly! Here is what I think.\n\n${said}\n\nI hope that this helps.`;
  return said;
}

const reasons = (label: Label): string =>
  label === "tie" ? "Both say the same." : `Response ${label} says more of what was asked.`;

const asJson = (verdict: Label): string => JSON.stringify({ reasoning: reasons(verdict), verdict });

const asLastLine = (label: Label): string => `${reasons(label)}\nVerdict: ${label}`;
