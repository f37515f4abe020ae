import { type Grade, GRADES } from "../../contract/judge-method.ts";
import { bare, type VerdictChoice } from "../verdict-labels.ts";

/** A label of the five steps as it was written; null: none, or one that says no step, as “A” does. */
export function gradeOf(words: unknown): Grade | null {
  const single = Array.isArray(words) && words.length === 1 ? (words[0] as unknown) : words;
  if (typeof single !== "string") return null;
  const label = bare(single).toUpperCase().replaceAll("≫", ">>").replaceAll("≪", "<<").replace(/\s+/g, "");
  if (label === "B=A" || label === "TIE") return "A=B";
  const [, first, sign, second] = /^([AB])(<{1,2})([AB])$/.exec(label) ?? [];
  const asGreater = sign === undefined ? label : `${second}${sign.replaceAll("<", ">")}${first}`;
  return GRADES.find((grade) => grade === asGreater) ?? null;
}

/** By how many steps one response is better: 0 to 2, as in loaded files of Arena-Hard. */
export const strengthOfGrade = (grade: Grade): number => (grade === "A=B" ? 0 : grade.includes(">>") ? 2 : 1);

/** The option that a step collapses to. */
export const choiceOfGrade = (grade: Grade): VerdictChoice =>
  grade === "A=B" ? "tie" : grade.startsWith("A") ? "left" : "right";
