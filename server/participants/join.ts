import { createHmac } from "node:crypto";
import { type Context, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Transaction } from "../storage/database.ts";
import { addAnnotator } from "../studies/annotators.ts";
import { LinkNotValid, LinkRevoked, StudyClosed, StudyFull } from "../studies/errors.ts";
import { hashToken } from "../studies/keys.ts";
import type { Ids } from "./platforms/platform.ts";
import { keepPlatform } from "./set-platform.ts";
import { keyOfPlatform, type Settings } from "./settings.ts";
import { TookPart } from "./took-part.ts";
import {
  type Came,
  lockGroupOfLink,
  type LinkedGroup,
  PreviewOnly,
  stateFor,
  type Visit,
  visitOf,
} from "./visit.ts";

/** The answer to somebody who would be one too many: it names nothing. */
class TooManyJoined extends TiebreakError {
  constructor() {
    super("TooManyJoined", 409, "As many people as this study needs have joined. Try again later.");
  }
}

/**
 * Lets somebody in who came by a shared link. The same participant of a platform, and the same proposed token of a
 * browser, is the same annotator, however often and from where they come. Of a participant the latest session and study of
 * the platform are kept.
 * @param came.token what a browser proposes as its person's token; none: a new one
 * @returns the token of their personal link
 * @throws LinkNotValid, LinkRevoked, StudyClosed, StudyFull, TooManyJoined, TookPart, PreviewOnly, what visitorFrom throws
 */
export async function join(context: Context, came: Came & { token?: string | undefined }): Promise<string> {
  const letOneIn = () => context.database.transact((tx) => joinIn(context, tx, came));
  return letOneIn().catch((error: unknown) => {
    if (!context.database.dialect.isUniqueViolation(error)) throw error;
    return letOneIn(); // the same came by the link of another group meanwhile, and is known now
  });
}

async function joinIn(
  context: Context,
  tx: Transaction,
  came: Came & { token?: string | undefined },
): Promise<string> {
  const group = await lockGroupOfLink(tx, came.link);
  const visit = await visitOf(context, tx, { group, query: came.query, host: came.host });
  if (visit.kind === "plain") return joinPlainly(context, tx, { group, visit, token: came.token });
  if (visit.visitor.kind === "preview") throw new PreviewOnly();
  const { known, platform, isNew } = visit;
  const { ids } = visit.visitor;
  if (known !== null) {
    await updateIds(tx, known.id, ids);
    return tokenOf({ ...known, participant: ids.participant });
  }
  const token = tokenOf({ ...platform, groupId: group.id, participant: ids.participant });
  const { settings } = platform;
  const there = await annotatorWith(tx, token); // whose row of participants was deleted
  const annotatorId =
    there?.id ?? (await letIn(context, tx, { group, visit, token, minutes: settings.minutes }));
  if (isNew)
    await keepPlatform(context, tx, { groupId: group.id, platform: { ...platform, link: came.link } });
  await insertParticipant(tx, { annotatorId, studyId: group.studyId, settings, ids });
  return token;
}

/** The same for a participant wherever they come from; an id alone does not make it. */
const tokenOf = (of: { secret: string; groupId: number; participant: string }): string =>
  createHmac("sha256", of.secret).update(`${of.groupId} ${of.participant}`).digest("base64url");

async function joinPlainly(
  context: Context,
  tx: Transaction,
  { group, visit, token }: { group: LinkedGroup; visit: Visit; token: string | undefined },
): Promise<string> {
  const own = token ?? context.randomBytes(32).toString("base64url");
  const there = await annotatorWith(tx, own);
  if (there && there.group_id !== group.id) throw new LinkNotValid();
  if (!there) await letIn(context, tx, { group, visit, token: own, minutes: null });
  return own;
}

const annotatorWith = ({ db }: Transaction, token: string) =>
  db
    .selectFrom("annotator")
    .select(["id", "group_id"])
    .where("token_hash", "=", hashToken(token))
    .executeTakeFirst();

/** Makes an annotator of somebody who is new. @returns their id */
async function letIn(
  context: Context,
  tx: Transaction,
  given: { group: LinkedGroup; visit: Visit; token: string; minutes: number | null },
): Promise<number> {
  const { group, token, minutes } = given;
  if (group.revokedAt !== null) throw new LinkRevoked();
  const state = await stateFor(context, tx, given);
  if (state === "took_part") throw new TookPart();
  if (state === "closed") throw new StudyClosed();
  if (state === "full") throw new StudyFull();
  if (state === "crowded") throw new TooManyJoined();
  const at = now(context);
  await tx.db
    .updateTable("annotator_group")
    .set({ open_link_used_at: at })
    .where("id", "=", group.id)
    .execute();
  const { id } = await addAnnotator(context, tx, { studyId: group.studyId, groupId: group.id, token });
  const leaveBy =
    minutes === null ? null : new Date(context.clock().getTime() + minutes * 60_000).toISOString();
  await tx.db
    .insertInto("participation")
    .values({
      ...{ annotator_id: id, joined_at: at, leave_by: leaveBy },
      ...{ stopped_at: null, finish: null, finished_at: null },
    })
    .execute();
  return id;
}

async function insertParticipant(
  { db }: Transaction,
  given: { annotatorId: number; studyId: number; settings: Settings; ids: Ids },
): Promise<void> {
  const { annotatorId, studyId, settings, ids } = given;
  await db
    .insertInto("participant")
    .values({
      ...{ annotator_id: annotatorId, study_id: studyId, platform: keyOfPlatform(settings) },
      ...{ external_id: ids.participant, session_id: ids.session, platform_study_id: ids.study },
    })
    .execute();
}

/** What an address leaves out stays as it was. */
async function updateIds({ db }: Transaction, annotatorId: number, { session, study }: Ids): Promise<void> {
  const row = {
    ...(session === null ? {} : { session_id: session }),
    ...(study === null ? {} : { platform_study_id: study }),
  };
  if (Object.keys(row).length === 0) return;
  await db.updateTable("participant").set(row).where("annotator_id", "=", annotatorId).execute();
}
