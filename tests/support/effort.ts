import fs from "node:fs";

// `npm run nightly` sets these variables.

/** How many times as much of each simulation is done as in `npm test`. */
const EFFORT = Number(process.env.TIEBREAK_EFFORT ?? 1);

/** Whether this is `npm run nightly`, which tries every combination of what `npm test` tries once each. */
export const isWhole = EFFORT > 1;

/** The number of the first simulated study: other numbers are other draws. */
export const FIRST = 100_000 * Number(process.env.TIEBREAK_SEED ?? 0);

/** How many studies to simulate, or runs of a property to make. @param cheap as many as `npm test` has the time for */
export const times = (cheap: number): number => cheap * EFFORT;

/** Keeps a simulated figure where `npm run nightly` collects them. */
export function keepFigure(name: string, value: number, of: number): void {
  const file = process.env.TIEBREAK_FIGURES;
  if (file) fs.appendFileSync(file, `${JSON.stringify({ name, value, of })}\n`);
}
