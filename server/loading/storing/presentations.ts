import type { GroupKind, Purpose } from "../../contract/words.ts";

/** One judgment of one annotator on one comparison. */
export interface Presented {
  readonly id: number;
  /** When it was made, ISO 8601; null where nothing says. */
  readonly judgedAt: string | null;
  readonly leftSystemId: number;
  readonly sideKnown: boolean;
}

interface Numbered<One> {
  readonly one: One;
  readonly presentation: number;
  readonly purpose: Extract<Purpose, "main" | "repeat">;
}

/**
 * Numbers the judgments of one annotator on one comparison. The first counts: by its time, those without one
 * after those with, then by arrival (`id`). The others are repeats; but the first judgment of a model with
 * the sides the other way round is the other order, presentation 1, and no repeat.
 */
export function numberPresentations<One extends Presented>(
  all: readonly One[],
  kind: GroupKind,
): Numbered<One>[] {
  const sorted = [...all].sort(byTimeThenArrival);
  const [first, ...later] = sorted;
  if (!first) return [];
  const other = kind === "model" ? later.find((one) => isOtherOrder(first, one)) : undefined;
  const repeats = later.filter((one) => one !== other);
  const numbered: Numbered<One>[] = [{ one: first, presentation: 0, purpose: "main" }];
  if (other) numbered.push({ one: other, presentation: 1, purpose: "main" });
  for (const one of repeats) numbered.push({ one, presentation: numbered.length, purpose: "repeat" });
  return numbered;
}

function byTimeThenArrival(a: Presented, b: Presented): number {
  if (a.judgedAt === b.judgedAt) return a.id - b.id;
  if (a.judgedAt === null) return 1;
  if (b.judgedAt === null) return -1;
  return a.judgedAt < b.judgedAt ? -1 : 1;
}

const isOtherOrder = (a: Presented, b: Presented): boolean =>
  a.sideKnown && b.sideKnown && a.leftSystemId !== b.leftSystemId;
