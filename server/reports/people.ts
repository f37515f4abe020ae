import { sql } from "kysely";
import type { People } from "../contract/report-people.ts";
import type { Signal } from "../contract/quality.ts";
import type { Protocol } from "../contract/studies.ts";
import { STAGES } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { INVITED } from "../studies/annotators.ts";
import { currentProtocol } from "../studies/store.ts";

/**
 * How the people of a study were let in and how far they came. Must run within the `database.read` of the report.
 * @returns null where the study has nothing of it: no stages, no rules, no platform, and nobody who left or was looked at
 */
export async function peopleOf(reader: Reader, studyId: number): Promise<People | null> {
  const counts = await countPeople(reader, studyId);
  const { protocol } = await currentProtocol(reader, studyId);
  const n = (what: What) => counts.find((one) => one.what === what)?.n ?? 0;
  const happened = counts.some(({ what, n }) => n > 0 && ALONE.has(what));
  if (!happened && !isLookedAfter(protocol)) return null;
  const { entry, rules = [], repeats, minimumTime, signs, unseenPrompts } = protocol;
  return {
    stages: STAGES.filter((stage) => entry?.[stage] !== undefined),
    rules,
    ...(repeats && { repeats }),
    ...(minimumTime && { minimumTime }),
    ...(signs && { signs }),
    ...(unseenPrompts && { unseenPrompts }),
    came: n("came"),
    agreed: entry?.consent ? n("agreed") : null,
    refused: entry?.consent ? n("refused") : null,
    screenedOut: entry?.questions ? n("screened_out") : null,
    failedQualification: entry?.qualification ? n("failed_qualification") : null,
    ...{ warned: n("warned"), paused: n("paused") },
    ended: counts
      .filter(({ what }) => what === "ended")
      .map(({ signal, n: annotators }) => ({ signal: signal === "" ? null : signal, annotators })),
    ...{ stopped: n("stopped"), timedOut: n("timed_out") },
    ...{ withdrawn: n("withdrawn"), erased: n("erased") },
  };
}

const isLookedAfter = ({ entry, rules, repeats, minimumTime, signs, unseenPrompts }: Protocol): boolean =>
  [entry, rules, repeats, minimumTime, signs, unseenPrompts].some((one) => one !== undefined);

/** What a study that was set up without any of this may have all the same. */
const ALONE: ReadonlySet<What> = new Set(["platform", "ended", "withdrawn", "erased"]);

type What =
  | ("came" | "agreed" | "refused" | "screened_out" | "failed_qualification")
  | ("warned" | "paused" | "ended" | "stopped" | "timed_out" | "withdrawn" | "erased" | "platform");

/** So many annotators of whom something is true; `signal`: of those ended, what had paused them, or nothing. */
interface Counted {
  readonly what: What;
  readonly signal: Signal | "";
  readonly n: number;
}

/**
 * How many people of a study came, agreed, were warned and so on: small tables by their indexes, so that it can be asked with every
 * look at a report. Nothing else of a study changes it, and no figure depends on it.
 */
export async function countPeople({ db }: Reader, studyId: number): Promise<Counted[]> {
  const passages = sql`annotator a join entry_passage e on e.annotator_id = a.id where a.study_id = ${studyId}`;
  const parts = sql`annotator a join participation p on p.annotator_id = a.id where a.study_id = ${studyId}`;
  const { rows } = await sql<Counted>`
    select 'came' as what, '' as signal, count(*) as n
      from annotator a join annotator_group g on g.id = a.group_id
      where a.study_id = ${studyId} and g.kind <> 'model' and a.provider = ${INVITED}
        and (a.link_used_at is not null
          or exists (select 1 from participation p where p.annotator_id = a.id)
          or exists (select 1 from assignment h where h.annotator_id = a.id and h.origin = 'handed_out'))
    union all
    select 'agreed', '', count(distinct a.id) from ${passages} and e.stage = 'consent' and e.outcome = 'passed'
    union all
    select 'refused', '', count(distinct a.id) from ${passages} and e.outcome = 'no_consent'
      and not exists (select 1 from entry_passage y
        where y.annotator_id = a.id and y.stage = 'consent' and y.outcome = 'passed')
    union all
    select e.outcome, '', count(distinct a.id) from ${passages}
      and e.outcome in ('screened_out', 'failed_qualification') group by e.outcome
    union all
    select 'warned', '', count(distinct t.annotator_id) from rule_trigger t
      where t.study_id = ${studyId} and t.took = 'warn'
    union all
    select 'paused', '', count(distinct t.annotator_id) from rule_trigger t
      where t.study_id = ${studyId} and t.took in ('pause', 'end')
    union all
    select 'ended', coalesce(t.signal, ''), count(*) from review r left join rule_trigger t on t.id = r.trigger_id
      where r.study_id = ${studyId} and r.decision = 'end'
        and r.id = (select max(latest.id) from review latest where latest.annotator_id = r.annotator_id)
      group by t.signal
    union all
    select 'stopped', '', count(*) from ${parts} and p.stopped_at is not null
      and not exists (select 1 from departure d where d.annotator_id = a.id)
    union all
    select 'timed_out', '', count(*) from ${parts} and p.finish = 'timed_out'
    union all
    select d.kind, '', count(*) from departure d where d.study_id = ${studyId} and d.done_at is not null group by d.kind
    union all
    select 'platform', '', count(*) from platform f join annotator_group g on g.id = f.group_id
      where g.study_id = ${studyId}
`.execute(db);
  const key = ({ what, signal }: Counted) => `${what} ${signal}`;
  return rows.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}
