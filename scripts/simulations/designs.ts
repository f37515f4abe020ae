/** A kind of simulated study of two systems. */
export interface Design {
  readonly name: string;
  readonly prompts: number;
  readonly annotators: number;
  /**
   * Judgments of each prompt; `uneven`: 1 to 5, by annotators of whom some judge several times as often as others;
   * `mostly one`: one annotator judges every prompt, the others a fifth each.
   */
  readonly votes: number | "uneven" | "mostly one";
  /** Whether the report knows only which of three slots a judgment had, not who made it. */
  readonly slots?: boolean;
}

export const DESIGNS: readonly Design[] = [
  { name: "12 × 2", prompts: 12, annotators: 2, votes: 2 },
  { name: "40 × 2", prompts: 40, annotators: 2, votes: 2 },
  { name: "30 × 3", prompts: 30, annotators: 3, votes: 3 },
  { name: "80 × 3", prompts: 80, annotators: 3, votes: 3 },
  { name: "100 × 5", prompts: 100, annotators: 5, votes: 3 },
  { name: "200 × 5", prompts: 200, annotators: 5, votes: 3 },
  { name: "100 × 8", prompts: 100, annotators: 8, votes: 3 },
  { name: "200 × 20", prompts: 200, annotators: 20, votes: 3 },
  { name: "200 × 50", prompts: 200, annotators: 50, votes: 3 },
  { name: "300 × 30, one vote each", prompts: 300, annotators: 30, votes: 1 },
  { name: "100 × 8, uneven", prompts: 100, annotators: 8, votes: "uneven" },
  { name: "200 × 20, uneven", prompts: 200, annotators: 20, votes: "uneven" },
  { name: "100 × 5, mostly one", prompts: 100, annotators: 5, votes: "mostly one" },
  { name: "80 × 30, known as 3 slots", prompts: 80, annotators: 30, votes: 3, slots: true },
];

/** Standard deviations of annotators' effects. */
export const SPREADS: readonly number[] = [0, 0.1, 0.2, 0.4];
/** Half-tie rates of annotators in general. */
export const RATES: readonly number[] = [0.5, 0.6, 0.9];
