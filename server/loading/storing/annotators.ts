import type { ProtocolGroup } from "../../contract/studies.ts";
import type { GroupKind } from "../../contract/words.ts";
import { nextDisplayNumber } from "../../studies/annotators.ts";
import { currentProtocol } from "../../studies/store.ts";
import { runRows, rowsStatement } from "./rows.ts";
import type { Scope } from "./scope.ts";

/** Names in a loaded file, as opposed to people who came by an invite link. */
const LOADED = "loaded";
export const DEFAULT_GROUP = { name: "loaded", kind: "crowd" as const };

export interface Group {
  readonly id: number;
  readonly name: string;
  readonly kind: GroupKind;
}

/**
 * Finds or makes the group. What is not asked for is as the protocol declares it, so that a draft's judgments stand
 * where those that follow will; else it is a crowd in the headline.
 * @returns the group, also where it exists with another kind than asked for; where it is only declared with another kind,
 *   that kind, and no group is made
 */
export async function storeGroup(
  scope: Scope,
  wanted: { name: string; kind: GroupKind | null; headline: boolean | null },
): Promise<Group> {
  const { tx, studyId, known } = scope;
  const cached = known.groupByName.get(wanted.name);
  if (cached) return { ...cached, name: wanted.name };
  const found = await tx.db
    .selectFrom("annotator_group")
    .select(["id", "kind"])
    .where("study_id", "=", studyId)
    .where("name", "=", wanted.name)
    .executeTakeFirst();
  const declared = found ? undefined : await declaredGroup(scope, wanted.name);
  if (declared && wanted.kind !== null && declared.kind !== wanted.kind)
    return { id: 0, name: wanted.name, kind: declared.kind };
  const group = found ?? (await makeGroup(scope, wanted, declared));
  known.groupByName.set(wanted.name, group);
  return { ...group, name: wanted.name };
}

async function declaredGroup({ tx, studyId }: Scope, name: string): Promise<ProtocolGroup | undefined> {
  const { protocol } = await currentProtocol(tx, studyId);
  return protocol.groups.find((group) => group.name === name);
}

async function makeGroup(
  { tx, studyId, loadId }: Scope,
  wanted: { name: string; kind: GroupKind | null; headline: boolean | null },
  declared: ProtocolGroup | undefined,
): Promise<{ id: number; kind: GroupKind }> {
  const kind = wanted.kind ?? declared?.kind ?? DEFAULT_GROUP.kind;
  const { id } = await tx.db
    .insertInto("annotator_group")
    .values({
      name: wanted.name,
      kind,
      study_id: studyId,
      headline: (wanted.headline ?? declared?.headline ?? true) ? 1 : 0,
      open_token_hash: null,
      load_id: loadId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, kind };
}

interface AnnotatorRef {
  readonly group: Group;
  readonly name: string;
}
export const annotatorKey = ({ group, name }: AnnotatorRef): string => `${group.id}/${name}`;

interface AnnotatorRow {
  id: number;
  groupId: number;
  externalId: string;
  ordinal: number | null;
}

const byExternalId = rowsStatement<{ studyId: number }, { externalId: string }, AnnotatorRow>({
  fixed: ["studyId"],
  columns: ["externalId"],
  build: (db, rows, fixed) =>
    db
      .selectFrom("annotator as a")
      .select(["a.id", "a.group_id as groupId", "a.external_id as externalId"])
      .select((eb) =>
        eb
          .selectFrom("assignment as x")
          .select((max) => max.fn.max("x.ordinal").as("last"))
          .whereRef("x.annotator_id", "=", "a.id")
          .as("ordinal"),
      )
      .where("a.study_id", "=", fixed.studyId)
      .where("a.provider", "=", LOADED)
      .where(
        "a.external_id",
        "in",
        rows.map((row) => row.externalId),
      ),
});

/**
 * Finds or makes the annotators, so that all are known. A name is unique in its group; where another group
 * of the study has it too, the later one is kept as `group/name`.
 * @returns the keys of annotators whose names could not be told apart from others
 */
export async function storeAnnotators(scope: Scope, refs: readonly AnnotatorRef[]): Promise<Set<string>> {
  const { tx, studyId, known } = scope;
  const missing = new Map(refs.map((ref) => [annotatorKey(ref), ref]));
  for (const key of missing.keys()) if (known.annotator.get(key)) missing.delete(key);
  const unclear = new Set<string>();
  if (missing.size === 0) return unclear;
  const rows = [...new Set([...missing.values()].flatMap(externalIdsOf))].map((externalId) => ({
    externalId,
  }));
  const found = await runRows(tx, byExternalId, { fixed: { studyId }, rows });
  const taken = new Map(found.map((row) => [row.externalId, row]));
  const make = new Map<string, AnnotatorRef>();
  for (const [key, ref] of missing) {
    const own = externalIdsOf(ref).find((one) => taken.get(one)?.groupId === ref.group.id);
    const there = own === undefined ? undefined : taken.get(own);
    if (there) known.annotator.set(key, { id: there.id, ordinal: there.ordinal ?? 0 });
    else {
      const free = externalIdsOf(ref).find((one) => !taken.has(one));
      if (free === undefined) unclear.add(key);
      else {
        taken.set(free, { id: 0, groupId: ref.group.id, externalId: free, ordinal: 0 });
        make.set(free, ref);
      }
    }
  }
  await insertAnnotators(scope, make);
  return unclear;
}

/** A name that looks like a prefixed one is always prefixed itself, so that no two names become one. */
function externalIdsOf({ group, name }: AnnotatorRef): string[] {
  const prefixed = `${group.name}/${name}`;
  return name.startsWith(`${group.name}/`) ? [prefixed] : [name, prefixed];
}

const insertRows = rowsStatement<
  { studyId: number; loadId: number; at: string },
  { externalId: string; groupId: number; number: number },
  { id: number; externalId: string }
>({
  fixed: ["studyId", "loadId", "at"],
  columns: ["externalId", "groupId", "number"],
  build: (db, rows, { studyId, loadId, at }) =>
    db
      .insertInto("annotator")
      .values(
        rows.map(({ externalId, groupId, number }) => ({
          study_id: studyId,
          group_id: groupId,
          provider: LOADED,
          external_id: externalId,
          display_number: number,
          token_hash: null,
          probe_key: null,
          created_at: at,
          load_id: loadId,
        })),
      )
      .returning(["id", "external_id as externalId"]),
});

async function insertAnnotators(scope: Scope, make: ReadonlyMap<string, AnnotatorRef>): Promise<void> {
  if (make.size === 0) return;
  const { tx, studyId, loadId, at, known } = scope;
  const first = await nextDisplayNumber(tx, studyId);
  const rows = [...make].map(([externalId, { group }], i) => ({
    externalId,
    groupId: group.id,
    number: first + i,
  }));
  for (const { id, externalId } of await runRows(tx, insertRows, { fixed: { studyId, loadId, at }, rows })) {
    const ref = make.get(externalId);
    if (ref) known.annotator.set(annotatorKey(ref), { id, ordinal: 0 });
  }
}
