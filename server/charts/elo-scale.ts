/** The scale of Elo ratings: 1000 on the average, and 400 points for odds of ten to one. */
const ELO = { average: 1000, pointsPerLogStrength: 400 / Math.LN10 } as const;

/** Where a log strength, 0 on the average, stands on it. Example: log 10 stands at 1400. */
export const eloOf = (logStrength: number): number => ELO.average + ELO.pointsPerLogStrength * logStrength;
