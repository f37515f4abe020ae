/** Names the methods behind a report's figures; it changes whenever the same judgments would give another figure. */
export const ESTIMATOR_VERSION = "tiebreak-report-11";
