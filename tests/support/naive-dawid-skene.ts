import type { Labelled } from "../../server/statistics/agreement/dawid-skene.ts";

type Row = { item: number; annotator: number; label: number };

/** Dawid and Skene's model as it is written down, in logarithms and without any thought for time: `rounds` rounds of EM from some shares. */
export function naiveDawidSkene(
  rows: readonly Row[],
  { classes }: Pick<Labelled, "classes">,
  rounds: number,
  from?: Map<number, number[]>,
) {
  const ks = Array.from({ length: classes }, (_, k) => k);
  const items = [...new Set(rows.map((row) => row.item))];
  const annotators = [...new Set(rows.map((row) => row.annotator))];
  const of = (item: number) => rows.filter((row) => row.item === item);
  let shares =
    from ??
    new Map(
      items.map((item) => [
        item,
        ks.map((k) => of(item).filter((row) => row.label === k).length / of(item).length),
      ]),
    );
  let logLikelihood = 0;
  for (let round = 0; round < rounds; round++) {
    const prior = toShares(ks.map((k) => 1e-10 + total(items.map((item) => shares.get(item)![k]!))));
    const confusion = new Map(
      annotators.map((annotator) => [
        annotator,
        ks.map((k) => toShares(ks.map((l) => 1e-10 + total(said(annotator, l).map((one) => one[k]!))))),
      ]),
    );
    logLikelihood = 0;
    shares = new Map(
      items.map((item) => {
        const logs = ks.map(
          (k) =>
            Math.log(prior[k]!) +
            total(of(item).map(({ annotator, label }) => Math.log(confusion.get(annotator)![k]![label]!))),
        );
        const most = Math.max(...logs);
        const weights = logs.map((log) => Math.exp(log - most));
        logLikelihood += most + Math.log(total(weights));
        return [item, toShares(weights)];
      }),
    );
  }
  return { shares, logLikelihood };

  function said(annotator: number, label: number) {
    return rows
      .filter((row) => row.annotator === annotator && row.label === label)
      .map(({ item }) => shares.get(item)!);
  }
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const toShares = (values: readonly number[]): number[] => values.map((value) => value / total(values));
