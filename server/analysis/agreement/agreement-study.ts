import { type PromptDraws, promptDraws } from "../../statistics/resampling/prompt-draws.ts";
import type { StudyData } from "../rows/study-data.ts";
import { type ComparedRows, comparedRows, type Side, sideOf } from "./agreement-sides.ts";
import { peopleGroups } from "../rows/study-structure.ts";

/** A study ready to be compared: its rows, all people of the headline together, and each group. */
export interface ComparedStudy {
  readonly data: StudyData;
  readonly compared: ComparedRows;
  readonly people: Side;
  /** In the order of the report's groups; one that only an unpublished load knows of has judged nothing. */
  readonly groups: readonly (Side & { isModel: boolean })[];
  readonly draws: PromptDraws;
}

/** Numbers the comparisons of a study and counts what each side said of them. */
export function comparedStudy(data: StudyData): ComparedStudy {
  const { facts, rows } = data;
  const compared = comparedRows(rows, facts);
  const groups = facts.groups.flatMap(({ name, kind, published }, code) => {
    const side = sideOf(compared, { name, isIn: (group) => group === code });
    return published || side.annotators > 0 ? [{ ...side, isModel: kind === "model" }] : [];
  });
  return {
    data,
    compared,
    people: sideOf(compared, { name: "", isIn: peopleGroups(facts) }),
    groups,
    draws: promptDraws(`${facts.study.seed}\nagreement`),
  };
}
