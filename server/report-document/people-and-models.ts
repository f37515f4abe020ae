import type { ReportGroup } from "../contract/report.ts";
import { counted } from "./numbers.ts";

/** What of a group says whether its annotators are models. */
export type GroupKind = Pick<ReportGroup, "name" | "kind">;

/** How many models judged. */
export const modelsIn = (groups: readonly ReportGroup[]): number =>
  groups.reduce((sum, { kind, annotators }) => (kind === "model" ? sum + annotators : sum), 0);

/** Who gave these figures, by the kinds of their groups. */
export function whoJudged(given: readonly { group: string }[], groups: readonly GroupKind[]): string {
  const ofModels = new Set(groups.flatMap(({ name, kind }) => (kind === "model" ? [name] : [])));
  const models = given.filter(({ group }) => ofModels.has(group)).length;
  return peopleAndModels(given.length - models, models);
}

/** `3 annotators`, `3 annotators and 1 model` or `2 models`, so that no model is taken for a person. */
export function peopleAndModels(people: number, models: number): string {
  if (models === 0) return counted(people, "annotator");
  return people === 0
    ? counted(models, "model")
    : `${counted(people, "annotator")} and ${counted(models, "model")}`;
}
