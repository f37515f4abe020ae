/** The names under which a block has p values. */
const P_VALUES: ReadonlySet<string> = new Set(["p", "pHolm", "positionP"]);

/** What is concluded from texts alone, which no further judgment can move. */
const FROM_TEXTS = "toldApart";

/**
 * A block of a report with null for every p value, before the planned judgments are there: neither a page nor a file then
 * shows one that somebody could stop at. At a declared look, and where nothing was declared, p values stay.
 */
export const hideInterimP = <T>(block: T, isInterim: boolean): T =>
  isInterim ? (withoutP(block) as T) : block;

function withoutP(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutP);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) =>
      P_VALUES.has(name) && typeof one === "number"
        ? [name, null]
        : [name, name === FROM_TEXTS ? one : withoutP(one)],
    ),
  );
}
