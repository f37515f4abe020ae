import { type Context, newToken, now } from "../context.ts";
import { selectUnseen } from "../assignments/seen-elsewhere.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Arrival, JoinState } from "../contract/judging.ts";
import type { StudyState } from "../contract/words.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { LinkNotValid } from "../studies/errors.ts";
import { joinStateOf } from "../studies/join-state.ts";
import { hashToken } from "../studies/keys.ts";
import { currentProtocol } from "../studies/store.ts";
import { looksLike, type Visitor, visitorFrom } from "./arrival.ts";
import { isCrowded } from "./crowd.ts";
import { annotatorOf, type GroupPlatform, platformOfGroup } from "./part.ts";
import { BUILT_IN, type BuiltIn } from "./platforms/index.ts";
import { keyOfPlatform, makeSettings, platformOf } from "./settings.ts";
import { tookPart } from "./took-part.ts";

/** Nothing is handed out to a platform's preview. */
export class PreviewOnly extends TiebreakError {
  constructor() {
    super("PreviewOnly", 409, "This is a preview: a part of the address is still a placeholder.");
  }
}

/** Where a shared link leads. */
export interface LinkedGroup {
  readonly id: number;
  readonly name: string;
  readonly studyId: number;
  readonly state: StudyState;
  readonly revokedAt: string | null;
  readonly most: number | null;
  readonly several: boolean;
}

/** The group of a shared link. @throws LinkNotValid */
export const groupOfLink = (reader: Reader, link: string): Promise<LinkedGroup> =>
  groupBy(reader, queryOf(reader, link));

/**
 * The same; its row stays locked until the transaction ends: of those who join, set a platform or revoke the link, one
 * comes after the other. To be called before the study's row is locked.
 */
export const lockGroupOfLink = (tx: Transaction, link: string): Promise<LinkedGroup> =>
  groupBy(tx, tx.dialect.lockRows(queryOf(tx, link)));

const queryOf = ({ db }: Reader, link: string) =>
  db
    .selectFrom("annotator_group")
    .select([
      "id",
      "name",
      "study_id as studyId",
      "open_link_revoked_at as revokedAt",
      "open_link_most as most",
    ])
    .select("open_link_several as several")
    .where("open_token_hash", "=", hashToken(link));

async function groupBy(reader: Reader, query: ReturnType<typeof queryOf>): Promise<LinkedGroup> {
  const group = await query.executeTakeFirst();
  if (!group) throw new LinkNotValid();
  const { state } = await reader.db
    .selectFrom("study")
    .select("state")
    .where("id", "=", group.studyId)
    .executeTakeFirstOrThrow();
  return { ...group, state, several: group.several === 1 };
}

/** Somebody at a shared link, as its address names them. */
export type Visit =
  | { readonly kind: "plain" }
  | {
      readonly kind: "platform";
      readonly platform: Omit<GroupPlatform, "link">;
      /** Nobody has set this platform for the group yet. */
      readonly isNew: boolean;
      readonly visitor: Visitor;
      /** Who judges as this participant already. */
      readonly known: Awaited<ReturnType<typeof annotatorOf>>;
    };

/**
 * Whom an address names, at the shared link of a group. Where the owner has set a platform, people come from there;
 * elsewhere those whose address has all that a known platform adds do, so that nobody's id is lost.
 * @throws what visitorFrom throws
 */
export async function visitOf(
  context: Context,
  reader: Reader,
  given: { group: LinkedGroup } & Omit<Came, "link">,
): Promise<Visit> {
  const { group, query, host } = given;
  const set = await platformOfGroup(reader, group.id);
  const platform = set ?? recognised(context, query);
  if (platform === null) return { kind: "plain" };
  if (platform.settings.isRecognised && !looksLike(query, platformOf(platform.settings)))
    return { kind: "plain" };
  const visitor = visitorFrom(query, platform.settings, { at: context.clock(), host });
  const known =
    visitor.kind === "preview"
      ? null
      : await annotatorOf(reader, {
          ...{ studyId: group.studyId, settings: platform.settings },
          participant: visitor.ids.participant,
        });
  return { kind: "platform", platform, isNew: set === null, visitor, known };
}

function recognised(context: Context, query: string): Omit<GroupPlatform, "link"> | null {
  const found = (Object.keys(BUILT_IN) as BuiltIn[]).find((name) => looksLike(query, BUILT_IN[name]));
  if (found === undefined) return null;
  const given = { platform: found, finishes: {}, minutes: null, isRecognised: true };
  return { settings: makeSettings(context, given, null), secret: newToken(context, 32) };
}

/** What somebody new to a group would find: what they did in other studies, and as many as have joined, considered. */
export async function stateFor(
  context: Context,
  reader: Reader,
  { group, visit }: { group: LinkedGroup; visit: Visit },
): Promise<JoinState> {
  if (visit.kind === "platform" && visit.visitor.kind === "participant" && visit.known === null) {
    const { settings } = visit.platform;
    if (await tookPart(reader, { settings, participant: visit.visitor.ids.participant })) return "took_part";
  }
  const state = await joinStateOf(reader, { groupId: group.id, state: group.state, at: now(context) });
  if (state !== "open" && state !== "taken") return state;
  if (await hasSeenAll(reader, { group, visit })) return "full";
  return (await isCrowded(context, reader, group)) ? "crowded" : state;
}

/** Whether somebody new has seen every prompt that is left, where the protocol has nobody see one again. */
async function hasSeenAll(
  reader: Reader,
  { group, visit }: { group: LinkedGroup; visit: Visit },
): Promise<boolean> {
  if (visit.kind === "plain" || visit.visitor.kind === "preview" || visit.known !== null) return false;
  const { protocol } = await currentProtocol(reader, group.studyId);
  if (!protocol.unseenPrompts) return false;
  const [unseen] = await reader.run(selectUnseen, {
    groupId: group.id,
    platform: keyOfPlatform(visit.platform.settings),
    participant: visit.visitor.ids.participant,
  });
  return unseen === undefined;
}

/** The link of a request, and the query of the address that it came by. */
export type Came = Pick<Arrival, "link" | "query"> & {
  /** The name that people reach this server by; without it, no signed address is let in. */
  readonly host?: string;
};
