import { annotatorQuery, type AnnotatorAtWork } from "../assignments/statements.ts";
import { type Context, now } from "../context.ts";
import type { Payment } from "../contract/payments.ts";
import type { Protocol } from "../contract/studies.ts";
import type { FinishKind } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { GroupNotFound } from "../studies/errors.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";
import { partAt } from "./end-of-part.ts";

/**
 * The participants of a study in the order of joining, with what they did and what to do about their pay. Exclusions, checks,
 * agreement and speed change nothing: they decide what is in the figures.
 * @param only.group only the participants of this group @throws StudyNotFound, GroupNotFound
 */
export async function paymentsOf(
  context: Context,
  study: string,
  only: { group?: string | undefined } = {},
): Promise<Payment[]> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    const { group } = only;
    const { protocol } = await currentProtocol(reader, id);
    const groups = protocol.groups.map(({ name }) => name);
    if (group !== undefined && !groups.includes(group)) throw new GroupNotFound(group, groups);
    const at = now(context);
    const rows = await participants(reader, id);
    const list: Payment[] = [];
    for (const row of rows.filter((one) => group === undefined || one.group === group))
      list.push(await paymentOf(reader, { row, protocol, at }));
    return list;
  });
}

async function paymentOf(
  reader: Reader,
  { row, protocol, at }: { row: Row; protocol: Protocol; at: string },
): Promise<Payment> {
  const { platform, participant, session, annotator, platformStatus } = row;
  const stands = await partAt(reader, { annotator: row, protocol, written: row.finish, at });
  const { judged: judgments, skipped, whole, isAsked } = stands;
  const status = stands.finish ?? row.finish;
  const done = judgments + skipped;
  return {
    ...{ platform, participant, session, annotator, status, judgments, skipped },
    asked: isAsked ? whole : null,
    activeMinutes: Math.round((Number(row.activeMs ?? 0) + Number(row.entryMs ?? 0)) / 6000) / 10,
    action: actionOf(status, done, Number(row.entryMs ?? 0) > 0),
    platformStatus,
    part: isAsked ? (whole === 0 ? 0 : Math.min(1, done / whole)) : null,
  };
}

interface Row extends AnnotatorAtWork {
  readonly platform: string;
  readonly participant: string | null;
  readonly session: string | null;
  readonly annotator: string;
  readonly finish: FinishKind | null;
  readonly linkRevokedAt: string | null;
  readonly activeMs: number | null;
  readonly entryMs: number | null;
  readonly platformStatus: string | null;
}

/** The participants of a study, each an annotator at work; who was erased is one without an id. */
const participants = ({ db }: Reader, studyId: number): Promise<Row[]> =>
  annotatorQuery(db)
    .leftJoin("participant as p", "p.annotator_id", "a.id")
    .leftJoin("departure as d", "d.annotator_id", "a.id")
    .select((e) => e.fn.coalesce("p.platform", "d.platform").as("platform"))
    .select(["p.external_id as participant", "p.session_id as session", "part.finish"])
    .select("p.platform_status as platformStatus")
    .select("a.external_id as annotator")
    .select((e) =>
      e
        .selectFrom("assignment as own")
        .innerJoin("judgment as j", "j.assignment_id", "own.id")
        .select((time) => time.fn.sum<number | null>("j.active_ms").as("activeMs"))
        .whereRef("own.annotator_id", "=", "a.id")
        .as("activeMs"),
    )
    .select((e) =>
      e
        .selectFrom("entry_judgment as k")
        .select((time) => time.fn.sum<number | null>("k.active_ms").as("entryMs"))
        .whereRef("k.annotator_id", "=", "a.id")
        .as("entryMs"),
    )
    .where("a.study_id", "=", studyId)
    .where((e) => e.or([e("p.platform", "is not", null), e("d.platform", "is not", null)]))
    .orderBy("a.display_number")
    .$castTo<Row>()
    .execute();

/** They came and spent time on what the study asked of them, and were given no pair. */
const FOR_THE_TIME: ReadonlySet<FinishKind> = new Set(["no_work", "screened_out", "failed_qualification"]);

/**
 * How many participants are still known by their id and have something to be paid, or may come to: once the ids are erased,
 * only the platform knows who they are. @throws StudyNotFound
 */
export async function countToPay(context: Context, study: string): Promise<number> {
  const payments = await paymentsOf(context, study);
  return payments.filter(({ participant, action }) => participant !== null && action !== "nothing to pay")
    .length;
}

/** What somebody did, judged or looked at, decides, and how their part ended; nothing else is looked at. @internal */
export function actionOf(status: FinishKind | null, done: number, hasPractised = false): Payment["action"] {
  if (status === "completed") return "approve";
  if (status === null) return "wait";
  if (done > 0) return "pay the part done";
  return FOR_THE_TIME.has(status) || hasPractised ? "pay for the time" : "nothing to pay";
}

/**
 * The pay for a part of the work, rounded up to the cent.
 * @param reward for the whole, in the platform's currency @param part from 0 to 1
 */
export const payFor = (reward: number, part: number): string =>
  (Math.ceil(Math.round(reward * part * 1e6) / 1e4) / 100).toFixed(2);
