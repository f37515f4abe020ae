/** Prompts that lean equally far, by |sum| / size in lowest terms. */
export interface LeanClass {
  readonly numerator: number;
  readonly denominator: number;
  /** How many prompts lean this far, to either side. */
  readonly count: number;
  /** Those that lean to the target less those that lean away from it. */
  readonly net: number;
}
