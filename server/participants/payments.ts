import type { Context } from "../context.ts";
import type { FinishKind } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";

/** What to do about the pay of one participant. */
type PayAction = "approve" | "pay the part done" | "pay for the time" | "wait" | "nothing to pay";

/** One participant and what they did. */
export interface Payment {
  readonly platform: string;
  readonly participant: string;
  readonly session: string | null;
  /** How their part ended; null: it has not. */
  readonly status: FinishKind | null;
  /** Pairs judged, checks and what was excluded among them: work that was done is paid. */
  readonly judgments: number;
  /** Judgments asked of them; null: as many as there are. */
  readonly asked: number | null;
  /** Time that they looked at pairs, in minutes. */
  readonly activeMinutes: number;
  readonly action: PayAction;
  /** The part of the work that they did, from 0 to 1; null where the protocol asks for no number. */
  readonly part: number | null;
}

/**
 * The participants of a study in the order of joining, with what they did and what to do about their pay. Exclusions, checks,
 * agreement and speed change nothing: they decide what is in the figures.
 * @throws StudyNotFound
 */
export async function paymentsOf(context: Context, study: string): Promise<Payment[]> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    const { protocol } = await currentProtocol(reader, id);
    const each = new Map(protocol.groups.map((group) => [group.name, group.judgmentsPerAnnotator]));
    const at = context.clock().toISOString();
    return (await participants(reader, id)).map((row) => {
      const asked = each.get(row.group) ?? null;
      const status = statusOf(row, { asked, at });
      const { platform, participant, session, judgments } = row;
      const activeMinutes = Math.round(Number(row.activeMs ?? 0) / 6000) / 10;
      const part = asked === null ? null : Math.min(1, judgments / asked);
      const facts = { platform, participant, session, status, judgments, asked, activeMinutes };
      return { ...facts, action: actionOf(status, judgments), part };
    });
  });
}

interface Row {
  readonly platform: string;
  readonly participant: string;
  readonly session: string | null;
  readonly group: string;
  readonly finish: FinishKind | null;
  readonly stoppedAt: string | null;
  readonly leaveBy: string | null;
  readonly judgments: number;
  readonly activeMs: number | null;
}

const participants = ({ db }: Reader, studyId: number): Promise<Row[]> =>
  db
    .selectFrom("participant as p")
    .innerJoin("participation as part", "part.annotator_id", "p.annotator_id")
    .innerJoin("annotator as a", "a.id", "p.annotator_id")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .select(["p.platform", "p.external_id as participant", "p.session_id as session", "g.name as group"])
    .select(["part.finish", "part.stopped_at as stoppedAt", "part.leave_by as leaveBy"])
    .select((e) => [
      e
        .selectFrom("assignment as done")
        .select((own) => own.fn.countAll<number>().as("judgments"))
        .whereRef("done.annotator_id", "=", "a.id")
        .where("done.ended_how", "=", "judged")
        .$castTo<{ judgments: number }>()
        .as("judgments"),
      e
        .selectFrom("assignment as own")
        .innerJoin("judgment as j", "j.assignment_id", "own.id")
        .select((time) => time.fn.sum<number | null>("j.active_ms").as("activeMs"))
        .whereRef("own.annotator_id", "=", "a.id")
        .as("activeMs"),
    ])
    .where("p.study_id", "=", studyId)
    .orderBy("a.display_number")
    .$castTo<Row>()
    .execute();

/** As it was when they were sent back, or as it would be: some close the page before. */
function statusOf(row: Row, { asked, at }: { asked: number | null; at: string }): FinishKind | null {
  const isComplete = asked !== null && row.judgments >= asked;
  if (row.finish === "completed" || isComplete) return "completed";
  if (row.stoppedAt !== null) return "stopped";
  return row.finish ?? (row.leaveBy !== null && row.leaveBy <= at ? "timed_out" : null);
}

/** What somebody did decides, and how their part ended; nothing else is looked at. @internal */
export function actionOf(status: FinishKind | null, judgments: number): PayAction {
  if (status === "completed") return "approve";
  if (status === null) return "wait";
  if (judgments > 0) return "pay the part done";
  return status === "no_work" ? "pay for the time" : "nothing to pay";
}

/**
 * The pay for a part of the work, rounded up to the cent.
 * @param reward for the whole, in the platform's currency @param part from 0 to 1
 */
export const payFor = (reward: number, part: number): string =>
  (Math.ceil(Math.round(reward * part * 1e6) / 1e4) / 100).toFixed(2);
