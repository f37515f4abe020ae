/** What differs from figure to figure in a method: prompts, annotators, degrees of freedom, judgments. */
const NUMBER = /\d+(?:\.\d+)?(?=\)| df| judgments| annotators)/;
const PLACE = "#";

/** Methods and reasons of which the kind is one: they differ in a number alone. */
interface MethodKind {
  readonly kind: string;
  /** Null: it has none. */
  readonly number: number | null;
}

export function kindOfMethod(method: string): MethodKind {
  const found = NUMBER.exec(method);
  if (found === null) return { kind: method, number: null };
  return { kind: method.replace(NUMBER, PLACE), number: Number(found[0]) };
}

/** A kind with the numbers that it stands for, as `cluster-robust by prompt (t, 4 to 9 df)`. */
export function saysOfKind(kind: string, numbers: Iterable<number>): string {
  let [least, most] = [Infinity, -Infinity];
  for (const number of numbers) [least, most] = [Math.min(least, number), Math.max(most, number)];
  if (least > most) return kind;
  return kind.replace(PLACE, least === most ? String(least) : `${least} to ${most}`);
}
