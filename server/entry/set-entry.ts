import { type Context } from "../context.ts";
import type { Entry, EntryShown } from "../contract/entry.ts";
import type { Protocol } from "../contract/studies.ts";
import { STAGES } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { amendEntry } from "../studies/amend.ts";
import { consentVersion } from "../studies/entry-stages.ts";
import { ProtocolWrong, StudyStateWrong } from "../studies/errors.ts";
import { lockStudy } from "../studies/lock-study.ts";
import { currentProtocol, replaceDraft, requireStudy } from "../studies/store.ts";

/**
 * Sets what comes before an annotator's first pair, or takes it away. Of a study that was opened it is a new revision of the
 * protocol, frozen at once: those who have not judged a pair go through it, others only through a consent that is new.
 * @param given.entry null: nothing comes before the first pair
 * @throws StudyNotFound, StudyStateWrong for a closed study, ProtocolWrong where it names a group that is not there
 */
export async function setEntry(
  context: Context,
  given: { study: string; entry: Entry | null; by: string },
): Promise<void> {
  const { entry, by } = given;
  await context.database.transact(async (tx) => {
    const study = await requireStudy(tx, given.study);
    await lockStudy(tx, study.id); // what else changes the protocol waits
    if (study.state === "closed") throw new StudyStateWrong(study.name, "closed", "open");
    const { id, protocol, hash, revision } = await currentProtocol(tx, study.id);
    requireGroups(
      entry,
      protocol.groups.map(({ name }) => name),
    );
    requirePassable(entry, protocol);
    const changed = { ...protocol, entry: entry ?? undefined };
    if (hash === null) await replaceDraft(tx, id, changed);
    else if (JSON.stringify(protocol) !== JSON.stringify(changed))
      await amendEntry(context, tx, { study, revision, protocol: changed, by });
  });
}

/** @throws ProtocolWrong where nobody could get through */
function requirePassable(entry: Entry | null, { wording }: Protocol): void {
  const offersBothBad = Object.values(wording).some((one) => one.both_bad !== undefined);
  const pairs = [...(entry?.practice ?? []), ...(entry?.qualification?.pairs ?? [])];
  const isOffered = (choice: string) => choice !== "both_bad" || offersBothBad;
  if (!pairs.every(({ expected }) => expected.some(isOffered)))
    throw new ProtocolWrong("A pair expects only both_bad, and the study does not offer that choice.");
  for (const question of entry?.questions ?? [])
    if (
      question.kind === "choice" &&
      question.required &&
      !question.mayDecline &&
      question.options.every(({ excludes }) => excludes)
    )
      throw new ProtocolWrong(`The question “${question.id}” screens out everybody: each answer excludes.`);
}

function requireGroups(entry: Entry | null, there: readonly string[]): void {
  const strange = Object.keys(entry?.groups ?? {}).find((name) => !there.includes(name));
  if (strange !== undefined)
    throw new ProtocolWrong(`There is no group “${strange}”. Existing groups: ${there.join(", ")}.`);
}

/** What comes before the first pair of a study, and how many people have passed it. @throws StudyNotFound */
export async function showEntry(context: Context, name: string): Promise<EntryShown> {
  return context.database.read(async (reader) => {
    const study = await requireStudy(reader, name);
    const { entry } = (await currentProtocol(reader, study.id)).protocol;
    const version = entry?.consent === undefined ? null : consentVersion(entry.consent);
    const counts = await countsOf(reader, study.id, { entry, version });
    return { entry: entry ?? null, consentVersion: version, counts };
  });
}

async function countsOf(
  reader: Reader,
  studyId: number,
  { entry, version }: { entry: Entry | undefined; version: string | null },
): Promise<EntryShown["counts"]> {
  const { arrived } = await reader.db
    .selectFrom("annotator")
    .select((e) => e.fn.countAll<number>().as("arrived"))
    .where("study_id", "=", studyId)
    .where("link_used_at", "is not", null)
    .executeTakeFirstOrThrow();
  const rows = await reader.db
    .selectFrom("entry_passage as p")
    .innerJoin("annotator as a", "a.id", "p.annotator_id")
    .select((e) => ["p.stage", "p.outcome", e.fn.countAll<number>().as("people")])
    .where("a.study_id", "=", studyId)
    .where((e) => e.or([e("p.stage", "<>", "consent"), e("p.version", "=", version)]))
    .groupBy(["p.stage", "p.outcome"])
    .execute();
  const stages = STAGES.filter((stage) => entry?.[stage] !== undefined).map((stage) => {
    const own = rows.filter((row) => row.stage === stage);
    const sum = (of: typeof own) => of.reduce((total, { people }) => total + people, 0);
    return {
      stage,
      passed: sum(own.filter(({ outcome }) => outcome === "passed")),
      out: sum(own.filter(({ outcome }) => outcome !== "passed")),
    };
  });
  return { arrived, stages };
}
