import { type Context, newToken, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { PlatformRequest, PlatformShown } from "../contract/platforms.ts";
import { FINISH_KINDS } from "../contract/words.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { isOpenLink, makeOpenLinkIn } from "../studies/annotators.ts";
import { groupForPeople } from "../studies/group-for-people.ts";
import { links } from "../studies/links.ts";
import { recordChange, requireStudy } from "../studies/store.ts";
import { type GroupPlatform, platformOfGroup } from "./part.ts";
import type { Platform } from "./platforms/platform.ts";
import { isUsableKey } from "./platforms/signed-address.ts";
import {
  keyOfPlatform,
  makeSettings,
  platformOf,
  readSettings,
  type Settings,
  wayBackOf,
} from "./settings.ts";

const SECRET_BYTES = 32;

class PlatformNotSet extends TiebreakError {
  constructor(group: string) {
    super("PlatformNotSet", 404, `No platform is set for the group “${group}”.`);
  }
}

class PlatformWrong extends TiebreakError {
  constructor(message: string) {
    super("PlatformWrong", 400, message);
  }
}

class PlatformInUse extends TiebreakError {
  constructor(group: string) {
    super(
      "PlatformInUse",
      409,
      `People of the group “${group}” came from its platform, and need it to get back. Use another group for open links.`,
    );
  }
}

/**
 * Sets the platform of a group, in place of an earlier one; codes that were drawn for the same platform stay. Its shared
 * link leads in only people who come from there: a valid one is kept if it is known, else a new one is made. What was only
 * recognised gives way to what the owner sets.
 * @param request.origin the address that people reach the server under
 * @throws PlatformInUse where people came from another one; PlatformWrong, StudyNotFound; what groupForPeople throws
 */
export async function setPlatform(
  context: Context,
  request: PlatformRequest & { study: string; origin: string; by: string },
): Promise<PlatformShown> {
  const { study: name, origin, by, platform, finishes, minutes, platformStudy, keys, notAfter } = request;
  const invitation = { study: name, group: request.group ?? "crowd", by };
  requireAdmission(request);
  return context.database.transact(async (tx) => {
    await lockGroup(tx, invitation);
    for (const other of notAfter ?? []) await requireStudy(tx, other);
    const { study, group } = await groupForPeople(tx, invitation);
    const before = await platformOfGroup(tx, group.id);
    const isSame = before !== null && keyOfPlatform(before.settings) === keyOfPlatform({ platform });
    const mayReplace = before === null || isSame || before.settings.isRecognised;
    if (!mayReplace && (await hasPeople(tx, group.id, before.settings))) throw new PlatformInUse(group.name);
    const given = { platform, finishes, minutes, platformStudy, keys, notAfter, isRecognised: false };
    const settings = makeSettings(context, given, isSame ? before.settings : null);
    const link =
      before && isOpenLink(before.link, group)
        ? before.link
        : await makeOpenLinkIn(context, tx, { ...invitation, most: group.open_link_most ?? undefined });
    const made = { settings, secret: before?.secret ?? newToken(context, SECRET_BYTES), link };
    await keepPlatform(context, tx, { groupId: group.id, platform: made });
    const admission = { platformStudy: settings.platformStudy, notAfter: settings.notAfter };
    const detail = { group: group.name, platform: platformOf(settings).name, ...admission };
    await recordChange(tx, { studyId: study.id, kind: "platform", detail, at: now(context), by });
    return shown({ platform: made, group: group.name, link, origin });
  });
}

/** @throws PlatformWrong where what lets people in cannot be checked, or would let nobody in */
function requireAdmission({
  study,
  platform,
  platformStudy,
  keys,
  notAfter,
}: PlatformRequest & { study: string }): void {
  const adapter = platformOf({ platform });
  if (platformStudy != null && adapter.parameters.study === null)
    throw new PlatformWrong(
      `The addresses of ${adapter.name} have no study in them: describe its parameter, too.`,
    );
  if (keys != null && adapter.signature === null)
    throw new PlatformWrong(`${adapter.name} signs no addresses: keys are for Prolific.`);
  if (keys != null && !keys.keys.every(isUsableKey))
    throw new PlatformWrong("One of the keys cannot be read. Fetch the platform’s set of keys again.");
  if (notAfter?.includes(study))
    throw new PlatformWrong(
      `“${study}” is this study: whoever joined it comes back to their part, and no second one is made.`,
    );
}

/**
 * Takes the platform of a group away again, so that its open links are for everybody.
 * @throws StudyNotFound, PlatformNotSet, PlatformInUse once somebody has come from it
 */
export async function removePlatform(
  context: Context,
  { study: name, group: named = "crowd", by }: { study: string; group?: string | undefined; by: string },
): Promise<void> {
  await context.database.transact(async (tx) => {
    await lockGroup(tx, { study: name, group: named });
    const { id: studyId } = await requireStudy(tx, name);
    const row = (await platformRows(tx, studyId)).find((one) => one.name === named);
    if (row === undefined) throw new PlatformNotSet(named);
    if (await hasPeople(tx, row.id)) throw new PlatformInUse(named);
    await tx.db.deleteFrom("platform").where("group_id", "=", row.id).execute();
    const detail = { group: named, removed: platformOf(readSettings(row.settings)).name };
    await recordChange(tx, { studyId, kind: "platform", detail, at: now(context), by });
  });
}

/** Who joins by the group's link locks its row, too: they come before this, or after. */
async function lockGroup(tx: Transaction, { study, group }: { study: string; group: string }): Promise<void> {
  const { db, dialect } = tx;
  const ofStudy = db.selectFrom("study").select("id").where("name", "=", study);
  const row = db.selectFrom("annotator_group").select("id").where("name", "=", group);
  await dialect.lockRows(row.where("study_id", "in", ofStudy)).execute();
}

/** Whether somebody came to a group from a platform, this one or any: they need it to get back. */
async function hasPeople({ db }: Transaction, groupId: number, platform?: Settings): Promise<boolean> {
  let query = db
    .selectFrom("participant as p")
    .innerJoin("annotator as a", "a.id", "p.annotator_id")
    .select("p.annotator_id")
    .where("a.group_id", "=", groupId);
  if (platform !== undefined) query = query.where("p.platform", "=", keyOfPlatform(platform));
  return (await query.limit(1).executeTakeFirst()) !== undefined;
}

/** The platforms of a study's groups, with what to paste there. @throws StudyNotFound */
export async function showPlatforms(
  context: Context,
  { study, origin }: { study: string; origin: string },
): Promise<PlatformShown[]> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    return (await platformRows(reader, id)).map((row) => {
      const platform = { ...row, settings: readSettings(row.settings) };
      return shown({ platform, group: row.name, link: isOpenLink(row.link, row) ? row.link : null, origin });
    });
  });
}

const platformRows = ({ db }: Reader, studyId: number) =>
  db
    .selectFrom("platform as p")
    .innerJoin("annotator_group as g", "g.id", "p.group_id")
    .select([
      "g.id",
      "p.settings",
      "p.secret",
      "p.link",
      "g.name",
      "g.open_token_hash",
      "g.open_link_revoked_at",
    ])
    .where("g.study_id", "=", studyId)
    .orderBy("g.id")
    .execute();

/** Writes down the platform of a group, in place of an earlier one, whose secret stays: links of participants are made with it. */
export async function keepPlatform(
  context: Context,
  { db }: Transaction,
  { groupId, platform }: { groupId: number; platform: GroupPlatform },
): Promise<void> {
  const { settings, secret, link } = platform;
  const row = { settings: JSON.stringify(settings), link, set_at: now(context) };
  await db
    .insertInto("platform")
    .values({ group_id: groupId, secret, ...row })
    .onConflict((conflict) => conflict.column("group_id").doUpdateSet(row))
    .execute();
}

function shown(given: {
  platform: GroupPlatform;
  group: string;
  link: string | null;
  origin: string;
}): PlatformShown {
  const { group, link, origin } = given;
  const { settings } = given.platform;
  const platform = platformOf(settings);
  return {
    group,
    platform: settings.platform,
    name: platform.name,
    address: link === null ? null : addressFor(platform, links.join(origin, link)),
    parameters: parametersOf(platform),
    finishes: FINISH_KINDS.map((finish) => ({
      ...{ finish, ...wayBackOf(settings, finish) },
      advice: platform.advice[finish],
    })),
    minutes: settings.minutes,
    platformStudy: settings.platformStudy ?? null,
    isSigned: settings.keys !== undefined,
    notAfter: settings.notAfter ?? [],
    isRecognised: settings.isRecognised,
  };
}

const parametersOf = ({ parameters: { participant, study, session } }: Platform) =>
  [participant, study, session].filter((one) => one !== null);

/** The address for a platform: its placeholders stand in the query, before the link's token. */
function addressFor(platform: Platform, link: string): string {
  const query = parametersOf(platform)
    .flatMap(({ name, placeholder }) => (placeholder === undefined ? [] : [`${name}=${placeholder}`]))
    .join("&");
  return query === "" ? link : link.replace("#", `?${query}#`);
}
