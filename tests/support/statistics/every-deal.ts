/** Every way to deal values over as many places, one by one. */
export function everyDeal<T>(values: readonly T[]): T[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((one, i) =>
    everyDeal(values.filter((_, j) => j !== i)).map((rest) => [one, ...rest]),
  );
}
