import type { ReportGroup } from "../contract/report.ts";
import { counted } from "./numbers.ts";

/** How many models judged. */
export const modelsIn = (groups: readonly ReportGroup[]): number =>
  groups.reduce((sum, { kind, annotators }) => (kind === "model" ? sum + annotators : sum), 0);

/** `3 annotators`, `3 annotators and 1 model` or `2 models`, so that no model is taken for a person. */
export function peopleAndModels(people: number, models: number): string {
  if (models === 0) return counted(people, "annotator");
  return people === 0
    ? counted(models, "model")
    : `${counted(people, "annotator")} and ${counted(models, "model")}`;
}
