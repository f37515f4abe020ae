import { CHANGES } from "./changes.ts";
import { DUPLICATES } from "./duplicates.ts";
import { FILTERS } from "./filters.ts";
import { SCREENS } from "./screens.ts";
import type { StepKind } from "./step.ts";

/** The steps that a recipe can name. A new one is a line here. */
export const STEPS: Readonly<Record<string, StepKind>> = {
  ...FILTERS,
  ...CHANGES,
  ...DUPLICATES,
  ...SCREENS,
};
