import type { Context } from "../context.ts";
import type { Departures, LeavingSheet } from "../contract/leaving.ts";
import { partOf } from "../participants/part.ts";
import { countToPay } from "../participants/payments.ts";
import { platformOf } from "../participants/settings.ts";
import { LinkNotValid } from "../studies/errors.ts";
import { hashToken } from "../studies/keys.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";
import { departureOf } from "./departure.ts";
import { departuresOf } from "./duties.ts";
import { closedAt, dueAt } from "./retention.ts";
import { retentionOf } from "../studies/retention-of.ts";

/** What the annotator of a personal link is to know before they leave. @throws LinkNotValid */
export async function leavingSheet(context: Context, token: string): Promise<LeavingSheet> {
  return context.database.read(async (reader) => {
    const annotator = await reader.db
      .selectFrom("annotator as a")
      .innerJoin("study as s", "s.id", "a.study_id")
      .select(["a.id", "a.study_id as studyId", "s.state"])
      .where("a.token_hash", "=", hashToken(token))
      .executeTakeFirst();
    if (annotator === undefined) throw new LinkNotValid();
    const { id, studyId, state } = annotator;
    const { protocol } = await currentProtocol(reader, studyId);
    const departure = await departureOf(reader, id);
    const retention = await retentionOf(reader, studyId);
    const part = await partOf(reader, id);
    return {
      ...{ departure: departure?.kind ?? null, isDone: departure !== null && departure.doneAt !== null },
      ...{ isClosed: state === "closed", erasedJudgments: protocol.erasedJudgments ?? "excluded" },
      retention: retention && { days: retention.days, names: retention.names },
      contact: protocol.contact ?? null,
      platform: part === null ? null : platformOf(part.settings).name,
    };
  });
}

/** Who of a study has left, who has asked to, and what its owner still has to do. @throws StudyNotFound */
export async function listDepartures(context: Context, study: string): Promise<Departures> {
  const found = await context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    const { protocol } = await currentProtocol(reader, id);
    const retention = await retentionOf(reader, id);
    const closed = await closedAt(reader, id);
    return {
      departures: await departuresOf(reader, id),
      retention: retention && {
        ...{ days: retention.days, names: retention.names, doneAt: retention.doneAt },
        dueAt: closed === null ? null : dueAt(closed, retention.days),
      },
      contact: protocol.contact ?? null,
      closedAt: closed,
    };
  });
  const isKept = found.retention === null || found.retention.doneAt !== null;
  return { ...found, toPay: isKept ? 0 : await countToPay(context, study) };
}
