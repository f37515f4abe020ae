import fs from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { latestAudit } from "../blinding-audit/latest.ts";
import type { Context } from "../context.ts";
import type { Right } from "../contract/rights.ts";
import {
  type Finding,
  FINDINGS,
  type FindingOfToday,
  type LookReason,
  type Today,
} from "../contract/watching.ts";
import { departuresOf } from "../leaving/duties.ts";
import { isUndecided } from "../report-document/blinding-words.ts";
import type { ReportService } from "../reports/report-service.ts";
import type { Reader } from "../storage/database.ts";
import { allStudies, currentProtocol, type StudyRow } from "../studies/store.ts";
import { everyAnnotator } from "./annotators.ts";
import type { Found } from "./found.ts";
import { peopleFindings } from "./people-findings.ts";
import { workFindings } from "./work-findings.ts";

interface Watching {
  readonly context: Context;
  readonly reports: ReportService;
}

/** With less space than this, in gigabytes, a database may soon not grow any more. */
const DISK_LEAST_GB = 2;
const GB = 1e9;
const KINDS = Object.keys(FINDINGS) as FindingOfToday[];

/**
 * What is wrong in the studies that somebody may see, the most pressing first and of each kind the oldest. What is wrong in a
 * closed study is what people still wait for.
 * @param rightsIn their rights in a study, and with null in the instance
 * @param only the only study to look at; absent: all
 */
export async function today(
  watching: Watching,
  rightsIn: (study: string | null) => Promise<ReadonlySet<Right>>,
  only?: string,
): Promise<Today> {
  const { context } = watching;
  const findings: Finding[] = [];
  if ((await rightsIn(null)).has("administer")) findings.push(...(await diskFindings(context)));
  const studies = await context.database.read((reader) => allStudies(reader));
  for (const study of studies) {
    const rights = await rightsIn(study.name);
    if (!rights.has("view") || (only !== undefined && study.name !== only)) continue;
    await nextTurn(); // who judges does not wait for all studies
    const found = await ofStudy(watching, study, rights);
    for (const one of found) if (rights.has(FINDINGS[one.kind])) findings.push({ ...one, study: study.name });
  }
  const rank = ({ kind }: Finding) => KINDS.indexOf(kind);
  return { findings: findings.sort((a, b) => rank(a) - rank(b) || compare(a.since, b.since)) };
}

/** Reasons for a look that are findings of their own. */
const WAITS: ReadonlySet<LookReason> = new Set(["review", "message"]);

/** The oldest first, what has no date last. */
const compare = (a: string | null, b: string | null): number =>
  a === b ? 0 : (a ?? "~") < (b ?? "~") ? -1 : 1;

async function ofStudy(
  { context, reports }: Watching,
  study: StudyRow,
  rights: ReadonlySet<Right>,
): Promise<Found[]> {
  const isOpen = study.state === "open";
  const found = await context.database.read(async (reader) => [
    ...(isOpen
      ? await workFindings(context, reader, {
          id: study.id,
          protocol: (await currentProtocol(reader, study.id)).protocol,
        })
      : []),
    ...(study.state === "draft" ? [] : await peopleFindings(reader, study.id)),
    ...(await departureFindings(reader, study.id)),
    ...(study.state === "closed" ? [] : await textFindings(reader, study.id)),
    ...(isOpen ? await runFindings(reader, study.id) : []),
  ]);
  if (!isOpen || !rights.has("people")) return found;
  const annotators = await everyAnnotator({ context, reports }, study.name);
  const looks = annotators.filter(({ one }) => one.look.some((reason) => !WAITS.has(reason))).length;
  return looks === 0 ? found : [...found, { kind: "annotator", group: null, count: looks, since: null }];
}

async function departureFindings(reader: Reader, studyId: number): Promise<Found[]> {
  const waiting = (await departuresOf(reader, studyId)).filter(({ duties }) => duties.length > 0);
  const since = waiting.map(({ askedAt }) => askedAt).sort()[0] ?? null;
  return waiting.length === 0 ? [] : [{ kind: "departure", group: null, count: waiting.length, since }];
}

async function textFindings(reader: Reader, studyId: number): Promise<Found[]> {
  const latest = await latestAudit(reader, studyId);
  const undecided = latest?.audit.findings.filter(isUndecided).length ?? 0;
  return undecided === 0 ? [] : [{ kind: "blinding", group: null, count: undecided, since: null }];
}

async function runFindings({ db }: Reader, studyId: number): Promise<Found[]> {
  const runs = await db
    .selectFrom("judge_run as r")
    .innerJoin("annotator_group as g", "g.id", "r.group_id")
    .select(["r.annotator_id as model", "g.name as group", "r.ended_at as endedAt", "r.ended_how as how"])
    .where("r.study_id", "=", studyId)
    .orderBy("r.id")
    .execute();
  return endedEarly(runs);
}

interface Run {
  readonly model: number;
  readonly group: string;
  readonly endedAt: string | null;
  readonly how: string | null;
}

/**
 * How many models of each group ended before all was judged, and since when the first of them.
 * @param runs the latest last
 * @internal
 */
export function endedEarly(runs: readonly Run[]): Found[] {
  const latest = [...new Map(runs.map((run) => [run.model, run])).values()];
  const ended = latest.filter(({ how }) => how !== null && how !== "done");
  return [...new Set(ended.map(({ group }) => group))].map((group) => {
    const ofGroup = ended.filter((run) => run.group === group);
    const since = ofGroup.flatMap(({ endedAt }) => endedAt ?? []).sort()[0] ?? null;
    return { kind: "run", group, count: ofGroup.length, since };
  });
}

/** Whether little space is left where an SQLite database stands. */
async function diskFindings({ database }: Context): Promise<Finding[]> {
  if (database.dialect.name !== "sqlite") return [];
  const { bavail, bsize } = await fs.statfs(database.place);
  const free = (bavail * bsize) / GB;
  if (free >= DISK_LEAST_GB) return [];
  return [{ kind: "disk", study: null, group: null, count: Math.floor(free), since: null }];
}
