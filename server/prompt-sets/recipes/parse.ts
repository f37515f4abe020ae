import {
  type PromptRecipe,
  promptRecipeSchema,
  type PromptRecipeSource,
} from "../../contract/prompt-recipes.ts";
import { faultsIn, yamlIn } from "../../loading/reading/yaml-faults.ts";
import { BuildRefused } from "../errors.ts";
import { STEPS } from "../steps/index.ts";
import type { StepKind } from "../steps/step.ts";

/** A step of a recipe, with its parameters. */
interface ReadyStep {
  readonly name: string;
  readonly kind: StepKind;
  readonly given: unknown;
  readonly words: string;
}

export interface ReadySource extends Omit<PromptRecipeSource, "steps"> {
  readonly steps: readonly ReadyStep[];
}

/** A recipe that can be built. */
export interface ReadyRecipe extends Omit<PromptRecipe, "sources"> {
  readonly sources: readonly ReadySource[];
  /** As it is written. */
  readonly text: string;
}

/** Reads a recipe. @param name what it is called unless it says so itself @throws BuildRefused with each fault and its place */
export function parsePromptRecipe(text: string, name: string): ReadyRecipe {
  const faulty = (faults: readonly string[]) =>
    new BuildRefused([`The recipe ${name} cannot be used:`, ...faults].join("\n"));
  let given: unknown;
  try {
    given = yamlIn(text, `The recipe ${name}`);
  } catch (error) {
    throw new BuildRefused((error as Error).message);
  }
  const { data, error } = promptRecipeSchema.safeParse(given);
  if (error) throw faulty(faultsIn(error, (path) => placeOf(path, given)));
  const faults: string[] = [];
  const sources = data.sources.map((source) => ({
    ...source,
    steps: source.steps.flatMap((step, at) => stepOf(step, `${source.name}, step ${at + 1}`, faults)),
  }));
  const names = data.sources.map(({ name: one }) => one);
  for (const twice of new Set(names.filter((one, at) => names.indexOf(one) !== at)))
    faults.push(`  two sources are called ${twice}`);
  if (faults.length > 0) throw faulty(faults);
  return { ...data, name: data.name ?? name, sources, text };
}

function stepOf(step: string | Record<string, unknown>, place: string, faults: string[]): ReadyStep[] {
  const [[name, given] = ["", undefined], ...more] =
    typeof step === "string" ? [[step, {}] as const] : Object.entries(step);
  const kind = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined;
  if (more.length > 0)
    faults.push(`  ${place}: a step is one name with its parameters, not ${more.length + 1}`);
  else if (!kind)
    faults.push(`  ${place}: there is no step “${name}”. The steps are ${Object.keys(STEPS).join(", ")}`);
  else {
    const { data, error } = kind.given.safeParse(given ?? {});
    if (!error) return [{ name, kind, given: data, words: kind.words(data) }];
    faults.push(...faultsIn(error, (path) => `${place}, ${[name, ...path].join(", ")}: `));
  }
  return [];
}

/** Where a fault is, with the source's own name in place of its number. */
function placeOf(path: readonly PropertyKey[], given: unknown): string {
  const [first, at, ...rest] = path;
  if (first !== "sources" || typeof at !== "number")
    return path.length === 0 ? "at its top: " : `${path.join(", ")}: `;
  const named = (given as { sources?: { name?: unknown }[] }).sources?.[at]?.name;
  return `${[typeof named === "string" ? named : `source ${at + 1}`, ...rest].join(", ")}: `;
}
