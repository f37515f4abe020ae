/** How exactly the last use of a link is kept: writing each use down would cost a write with every look. */
const EVERY_MS = 60_000;

/** Whether a use at `moment` is to be written down, where the last one known was `usedAt` (ISO 8601; null: none). */
export const isUseOld = (usedAt: string | null, moment: Date): boolean =>
  usedAt === null || moment.getTime() - Date.parse(usedAt) >= EVERY_MS;
