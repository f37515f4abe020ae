import type { Analysis } from "../../../server/contract/studies.ts";

/** What the form of the conclusion holds: numbers as they are typed, looks in per cent. */
export interface ConclusionFields {
  readonly test: Analysis["test"];
  /** Empty: none. */
  readonly margin: string;
  /** Empty: none. */
  readonly looks: string;
  readonly spending: NonNullable<Analysis["looks"]>["spending"];
}

/** What a look's field takes: one or two numbers below 100. */
export const LOOKS_PATTERN = String.raw`\s*\d{1,2}(\.\d+)?(\s*,\s*\d{1,2}(\.\d+)?)?\s*`;

/** What is declared so far, as it would be typed. */
export const fieldsOf = ({ test, margin, looks }: Analysis): ConclusionFields => ({
  test,
  margin: margin === undefined ? "" : String(margin),
  looks: (looks?.at ?? []).map((share) => String(tidy(100 * share))).join(", "),
  spending: looks?.spending ?? "obrienFleming",
});

/** What is then declared: without a margin or looks where their fields are empty. @param standing for everything else */
export function analysisOf(
  { test, margin, looks, spending }: ConclusionFields,
  standing: Analysis,
): Analysis {
  const rest: Analysis = { ...standing, test };
  delete rest.margin;
  delete rest.looks;
  return {
    ...rest,
    ...(margin.trim() === "" ? {} : { margin: Number(margin) }),
    ...(looks.trim() === ""
      ? {}
      : { looks: { at: looks.split(",").map((one) => tidy(Number(one) / 100)), spending } }),
  };
}

/** Without the digits that dividing by 100 can add. */
const tidy = (value: number): number => Number(value.toFixed(9));
