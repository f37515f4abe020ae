import type { AssignmentService } from "../assignments/assignment-service.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { TimeLeft } from "../contract/pace.ts";
import type { Reader } from "../storage/database.ts";
import { partOf } from "./part.ts";
import { platformOf, timeLimitOf } from "./settings.ts";

class NoMoreTime extends TiebreakError {
  constructor() {
    super("NoMoreTime", 409, "The time cannot be extended here.");
  }
}

const MINUTE_MS = 60_000;
/** An extension, at most the whole time once more; and how many there are at most, as WCAG 2.2.1 asks for. */
const EXTENSION_MINUTES = 15;
const EXTENSIONS = 10;

interface Stay {
  readonly joinedAt: string;
  readonly leaveBy: string | null;
}

const stayOf = ({ db }: Reader, annotatorId: number): Promise<Stay | undefined> =>
  db
    .selectFrom("participation")
    .select(["joined_at as joinedAt", "leave_by as leaveBy"])
    .where("annotator_id", "=", annotatorId)
    .executeTakeFirst();

/** What is left of the time that an annotator's platform gives them. @returns null: they have no limit */
export async function timeLeftOf(reader: Reader, annotatorId: number, now: Date): Promise<TimeLeft | null> {
  const stay = await stayOf(reader, annotatorId);
  const part = stay?.leaveBy ? await partOf(reader, annotatorId) : null;
  const limit = part && timeLimitOf(part.settings);
  if (!stay?.leaveBy || part === null || limit === null) return null;
  const seconds = Math.max(0, Math.floor((Date.parse(stay.leaveBy) - now.getTime()) / 1000));
  const mayExtend = limit.mayExtend && seconds > 0 && mayGetMore(stay, limit.minutes);
  return { seconds, platform: platformOf(part.settings).name, minutes: limit.minutes, mayExtend };
}

const extensionOf = (minutes: number): number => Math.min(EXTENSION_MINUTES, minutes) * MINUTE_MS;

/** Whether there is an extension left of those that somebody can have. */
function mayGetMore({ joinedAt, leaveBy }: Stay, minutes: number): boolean {
  if (leaveBy === null) return false;
  const used = Date.parse(leaveBy) - Date.parse(joinedAt) - minutes * MINUTE_MS;
  return used < EXTENSIONS * extensionOf(minutes);
}

/**
 * Gives somebody from a panel more time: fifteen minutes, up to ten times, while their time is not over.
 * @throws LinkNotValid, LinkRevoked, NoMoreTime where a platform sets the limit, or it was extended ten times
 */
export async function extend(service: AssignmentService, token: string): Promise<void> {
  await service.context.database.transact(async (tx) => {
    const { id } = await service.lock(tx, token);
    const left = await timeLeftOf(tx, id, service.context.clock());
    const stay = await stayOf(tx, id);
    if (!left?.mayExtend || !stay?.leaveBy) throw new NoMoreTime();
    const until = new Date(Date.parse(stay.leaveBy) + extensionOf(left.minutes)).toISOString();
    await tx.db
      .updateTable("participation")
      .set({ leave_by: until })
      .where("annotator_id", "=", id)
      .execute();
  });
}
