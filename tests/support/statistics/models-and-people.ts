import { countOutcomes } from "../../../server/statistics/agreement/counts.ts";
import { seededRandom } from "../../../server/statistics/resampling/random.ts";

/** What each person (by place; null: did not judge) and the model said of each comparison. */
export interface Compared {
  people: readonly (number | null)[];
  model: readonly number[];
}

export function columns(compared: readonly Compared[]) {
  const judged = compared.flatMap(({ people }, comparison) =>
    people.flatMap((outcome, annotator) => (outcome === null ? [] : [{ comparison, annotator, outcome }])),
  );
  const people = {
    comparison: Int32Array.from(judged, ({ comparison }) => comparison),
    annotator: Int32Array.from(judged, ({ annotator }) => annotator),
    outcome: Uint8Array.from(judged, ({ outcome }) => outcome),
    annotatorCount: Math.max(0, ...compared.map((one) => one.people.length)),
  };
  const byModel = compared.flatMap(({ model }, comparison) =>
    model.map((outcome) => ({ comparison, outcome })),
  );
  const model = countOutcomes(
    {
      comparison: Int32Array.from(byModel, ({ comparison }) => comparison),
      outcome: Uint8Array.from(byModel, ({ outcome }) => outcome),
    },
    () => true,
  );
  const promptOf = Int32Array.from(compared, (_, i) => Math.floor(i / 2));
  return { people, counts: countOutcomes(people, () => true), model, promptOf };
}

export const uniforms = (seed: string) => {
  const random = seededRandom(seed);
  return () => random() / 2 ** 32;
};

/** People and a model who see the truth with some chance each, and else guess. */
export function studyWith(given: {
  seed: string;
  comparisons: number;
  people: number;
  seen: number;
  model: number;
}) {
  const uniform = uniforms(given.seed);
  const guess = () => Math.floor(3 * uniform());
  return Array.from({ length: given.comparisons }, (): Compared => {
    const truth = guess();
    const judge = (seen: number) => (uniform() < seen ? truth : guess());
    return {
      people: Array.from({ length: given.people }, () => judge(given.seen)),
      model: [judge(given.model)],
    };
  });
}
