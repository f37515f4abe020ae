/**
 * x ln(x / m) + m − x for x, m > 0: how far an observed count x is from an expected count m, in half units of
 * log likelihood. Zero where they agree, positive elsewhere.
 *
 * Written out plainly it loses its digits where x is close to m; there the series of ln((1 + v) / (1 − v)) with
 * v = (x − m) / (x + m) is used. Source: C. Loader, "Fast and accurate computation of binomial probabilities"
 * (2000), section on the deviance term. Example: deviance(2, 1) = 2 ln 2 − 1.
 */
export function deviance(x: number, m: number): number {
  const v = (x - m) / (x + m);
  if (Math.abs(v) > CLOSE) return x * Math.log(x / m) + m - x;
  let sum = (x - m) * v;
  let power = 2 * x * v;
  for (let odd = 3; ; odd += 2) {
    power *= v * v;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}

const CLOSE = 0.1;
