import type { Blocks } from "../../contract/report.ts";
import type { StudyData } from "../rows/study-data.ts";

const DAY_MS = 86_400_000;

/** How many judgments were there at the end of each day on which any was made, UTC. Those without a time are left out. */
export function progressOf({ rows }: Pick<StudyData, "rows">): Blocks["progress"] {
  const byDay = new Map<number, number>();
  for (let i = 0; i < rows.count; i++) {
    const day = Math.floor(rows.at[i]! / DAY_MS);
    if (!Number.isNaN(day)) byDay.set(day, (byDay.get(day) ?? 0) + 1);
  }
  let judgments = 0;
  return [...byDay]
    .sort(([a], [b]) => a - b)
    .map(([day, made]) => ({ day: dayName(day), judgments: (judgments += made) }));
}

/** A day in ISO 8601, from its number since 1970-01-01. */
const dayName = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
