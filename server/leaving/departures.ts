import type { Context } from "../context.ts";
import type { Departure, Departures, Duty, LeavingSheet } from "../contract/leaving.ts";
import { partOf } from "../participants/part.ts";
import { platformOf } from "../participants/settings.ts";
import type { Reader } from "../storage/database.ts";
import { LinkNotValid } from "../studies/errors.ts";
import { hashToken } from "../studies/keys.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";
import { departureOf } from "./departure.ts";
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
  return context.database.read(async (reader) => {
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
    };
  });
}

async function departuresOf({ db }: Reader, studyId: number): Promise<Departure[]> {
  const rows = await db
    .selectFrom("departure as d")
    .innerJoin("annotator as a", "a.id", "d.annotator_id")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .select(["a.external_id as annotator", "g.name as group", "d.kind", "d.asked_at as askedAt"])
    .select(["d.asked_by as by", "d.done_at as doneAt", "d.platform"])
    .where("d.study_id", "=", studyId)
    .orderBy("d.asked_at")
    .orderBy("d.annotator_id")
    .execute();
  return rows.map(({ platform, ...row }) => ({ ...row, duties: dutiesOf({ ...row, platform }) }));
}

function dutiesOf({
  kind,
  doneAt,
  platform,
}: Pick<Departure, "kind" | "doneAt"> & { platform: string | null }): Duty[] {
  if (doneAt === null) return ["decide"];
  if (kind === "withdrawn") return [];
  return platform === null ? ["copies"] : ["pay", "copies"];
}
