import type { Right } from "../../../../server/contract/rights.ts";

/** The rights that a role in a study can have. */
const OF_STUDIES: readonly Right[] = ["view", "results", "people", "edit", "manage"];
const READING: readonly Right[] = ["view", "results"];

/** The scopes that somebody can give a token. @param rights theirs in the instance; none where their roles are in studies only */
export const scopesOffered = (rights: readonly Right[]): readonly Right[] =>
  rights.length > 0 ? rights : OF_STUDIES;

/** The scopes that are chosen at first: those offered that only read. */
export const scopesAtFirst = (rights: readonly Right[]): readonly Right[] =>
  scopesOffered(rights).filter((right) => READING.includes(right));
