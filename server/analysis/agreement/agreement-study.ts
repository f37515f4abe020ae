import { type PromptDraws, promptDraws } from "../../statistics/resampling/prompt-draws.ts";
import type { StudyData } from "../rows/study-data.ts";
import { type ComparedRows, comparedRows, type Side, sideOf } from "./agreement-sides.ts";
import { hasUnnamed, onlyNamed } from "../rows/only-rows.ts";
import { peopleGroups } from "../rows/study-structure.ts";

/** A side, and whether there are votes without a name that are left out of it. */
export type SideOfStudy = Side & { readonly hasUnnamed: boolean };

/** A study ready to be compared: its rows, all people of the headline together, and each group. */
export interface ComparedStudy {
  readonly data: StudyData;
  readonly compared: ComparedRows;
  readonly people: SideOfStudy;
  /** In the order of the report's groups; one that only an unpublished load knows of has judged nothing. */
  readonly groups: readonly (SideOfStudy & { isModel: boolean })[];
  readonly draws: PromptDraws;
}

/** Numbers the comparisons of a study and counts what each side said of them; votes without a name are left out. */
export function comparedStudy(all: StudyData): ComparedStudy {
  const data = onlyNamed(all);
  const { facts, rows } = data;
  const compared = comparedRows(rows, facts);
  const made = (given: Pick<Side, "name" | "isIn">) => ({
    ...sideOf(compared, given),
    hasUnnamed: hasUnnamed(all.rows, given.isIn),
  });
  const groups = facts.groups.flatMap(({ name, kind, published }, code) => {
    const side = made({ name, isIn: (group) => group === code });
    return published || side.annotators > 0 ? [{ ...side, isModel: kind === "model" }] : [];
  });
  return {
    data,
    compared,
    people: made({ name: "", isIn: peopleGroups(facts) }),
    groups,
    draws: promptDraws(`${facts.study.seed}\nagreement`),
  };
}
