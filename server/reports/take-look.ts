import { isDeepStrictEqual } from "node:util";
import { type Context, now } from "../context.ts";
import { isComplete } from "../contract/complete.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Look } from "../contract/looks.ts";
import type { Report } from "../contract/report.ts";
import { readSlots } from "../analysis/rows/declared-slots.ts";
import { LOOK, type LookTaken, readLooks } from "../analysis/rows/read-looks.ts";
import { plannedHash } from "../analysis/rows/rows-hash.ts";
import { readStudy } from "../analysis/rows/study-data.ts";
import { recordChange, requireStudy } from "../studies/store.ts";
import type { OnBlock } from "./blocks.ts";
import { ReportBuilder } from "./report.ts";
import { takeSnapshot } from "./snapshots.ts";

class LookRefused extends TiebreakError {
  constructor(message: string) {
    super("LookRefused", 409, message);
  }
}

/** Why a look asks for the study's name. */
export const LOOK_SPENDS =
  "A look spends a share of the test's error for good: it cannot be taken back, and less is left for later looks and the end.";

class LookMissed extends LookRefused {
  constructor() {
    super("A judgment came in at this moment. Pause the study, then take a look.");
  }
}

/**
 * Takes the next declared look: from now on, until a judgment comes or changes, the report is that of this look. One that was taken
 * and is still at hand is not taken again. Its report is kept as a snapshot, since the next judgment ends it.
 * @param given.confirm goes on once somebody has confirmed the look, which nothing takes back; throws if nobody has
 * @returns the look, and the number of its snapshot; null where it was taken before
 * @throws StudyNotFound, and LookRefused where none was declared, none is due, or none is needed any more
 */
export async function takeLook(
  context: Context,
  given: { study: string; by: string; confirm: () => unknown; onBlock?: OnBlock },
): Promise<{ look: Look; snapshot: number | null }> {
  const { study, by, confirm, onBlock } = given;
  const builder = new ReportBuilder(context);
  const before = await builder.report({ study });
  if (before.analysis.look !== undefined) return { look: before.analysis.look, snapshot: null };
  const found = await plannedNow(context, study);
  if (!isDeepStrictEqual(found.taken.at(-1), found.detail)) {
    requireDue({ ...before, slots: found.slots }, found.taken.length);
    await confirm();
  }
  const since = await builder.report({ study }); // confirming takes somebody a while
  if (since.analysis.look !== undefined) return { look: since.analysis.look, snapshot: null };
  const { slots: planned, detail } = await plannedNow(context, study);
  await context.database.transact(async (tx) => {
    const { id: studyId } = await requireStudy(tx, study);
    const { db, dialect } = tx;
    await dialect.lockRows(db.selectFrom("study").select("id").where("id", "=", studyId)).execute();
    const taken = await readLooks(tx, studyId);
    const slots = await readSlots(tx, studyId);
    if (isDeepStrictEqual(taken.at(-1), detail)) return; // somebody else took it at the same moment
    requireDue({ ...since, slots }, taken.length);
    if (!isDeepStrictEqual(slots, planned)) throw new LookMissed();
    await recordChange(tx, { studyId, kind: LOOK, detail, at: now(context), by });
  });
  const { look } = (await builder.report({ study })).analysis;
  if (look === undefined) throw new LookMissed();
  const { number: snapshot } = await takeSnapshot(context, {
    ...{ study, reason: `look ${look.number}`, by, onBlock },
  });
  return { look, snapshot };
}

/** The planned judgments that are there, as a look of them would be recorded, and the looks that were taken. */
const plannedNow = (context: Context, study: string) =>
  context.database.read(async (reader) => {
    const data = await readStudy(reader, study, { times: false });
    const detail: LookTaken = { ...data.slots, hash: plannedHash(data) };
    const taken = await readLooks(reader, (await requireStudy(reader, study)).id);
    return { slots: data.slots, detail, taken };
  });

function requireDue({ study, analysis, slots, state }: Report, taken: number): void {
  const { looks, status } = analysis;
  if (looks === undefined)
    throw new LookRefused(
      `${study} declared no looks. Declare them before it opens: study create … --looks 0.5`,
    );
  if (status === "exploratory" || state === "closed" || isComplete(slots))
    throw new LookRefused(`${study} needs no look: its report is not an interim one.`);
  if (slots.wanted === 0)
    throw new LookRefused(`${study} plans no judgments, so no share of them can be there.`);
  const next = looks.at[taken];
  if (next === undefined)
    throw new LookRefused(
      `All looks before the end were taken, and are kept as snapshots. The last one comes with the planned judgments.`,
    );
  if (slots.judged >= next * slots.wanted) return;
  throw new LookRefused(
    `Look ${taken + 1} is due at ${Math.round(next * 100)} % of the ${slots.wanted} planned judgments; ${slots.judged} are there.`,
  );
}
