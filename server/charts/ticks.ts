/**
 * Round numbers (1, 2 or 5 times a power of ten apart) of which the first is at most `low` and the last at least
 * `high`, about `wanted` of them. Both ends must be finite; where they are the same, or differ by less than could be
 * written down, the ticks stand around them.
 */
export function ticksAround(low: number, high: number, wanted: number): number[] {
  const size = Math.max(Math.abs(low), Math.abs(high), 1);
  const apart = high - low > size * 1e-9;
  const [from, to] = apart ? [low, high] : [low - size / 2, low + size / 2];
  const step = roundStep((to - from) / Math.max(1, wanted));
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(to / step - 1e-9);
  // a step below 1 is one over a whole number: dividing by that number leaves no error in the last digit
  const at = step < 1 ? (n: number) => n / Math.round(1 / step) : (n: number) => n * step;
  return Array.from({ length: last - first + 1 }, (_, i) => at(first + i));
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const times = [1, 2, 5, 10].find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return times * power;
}
