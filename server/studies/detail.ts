import { type Expression, sql } from "kysely";
import type { Context } from "../context.ts";
import { loadReportSchema } from "../contract/loading.ts";
import type { Protocol, StudyDetail, StudySummary } from "../contract/studies.ts";
import type { Studies } from "../contract/study-list.ts";
import type { StudyPeople } from "../contract/study-people.ts";
import type { SystemRole } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { isOpenLink, NAMELESS } from "./annotators.ts";
import { studySkips } from "./skips.ts";
import { allStudies, currentProtocol, groupsOf, requireStudy, type StudyRow, systemsOf } from "./store.ts";
import { isWanted } from "./wanted-slots.ts";

/**
 * Studies with their state and how far they are, in the order in which they were created.
 * @param asked.after the `next` of the page before @param asked.limit studies on it; missing: all
 * @param asked.isSeen whether the caller may know of one; missing: of all
 */
export async function pageOfStudies(
  context: Context,
  asked: { after?: string; limit?: number; isSeen?: (name: string) => Promise<boolean> },
): Promise<Studies> {
  const { after = "0", limit = Infinity, isSeen } = asked;
  const all = await context.database.read((reader) => allStudies(reader));
  const seen: StudyRow[] = [];
  for (const study of all) {
    if (seen.length > limit) break;
    if (study.id > Number(after) && (isSeen === undefined || (await isSeen(study.name)))) seen.push(study);
  }
  const page = seen.slice(0, limit);
  const studies = await context.database.read(async (reader) => {
    const summaries: StudySummary[] = [];
    for (const study of page) summaries.push(await summaryOf(reader, study));
    return summaries;
  });
  return { studies, next: seen.length > page.length ? String(page.at(-1)!.id) : null };
}

/** One study as its researcher sees it. @throws StudyNotFound */
export async function studyDetail(context: Context, name: string): Promise<StudyDetail> {
  return context.database.read(async (reader) => {
    const study = await requireStudy(reader, name);
    const { protocol, hash } = await currentProtocol(reader, study.id);
    const summary = await summaryOf(reader, study);
    return {
      ...summary,
      seed: study.seed,
      protocol,
      protocolHash: hash,
      systemList: await systemList(reader, study.id, protocol.pairs),
      groups: await groupList(reader, study.id),
      progress: await progressOf(reader, study.id),
      skips: await studySkips(reader, study.id),
      loads: await loadsOf(reader, study.id),
    };
  });
}

/** One study as who cares for its annotators sees it, without a system. @throws StudyNotFound */
export async function studyPeople(context: Context, name: string): Promise<StudyPeople> {
  return context.database.read(async (reader) => {
    const study = await requireStudy(reader, name);
    const { protocol } = await currentProtocol(reader, study.id);
    const { groups, messages, guess, rules, signs, repeats, minimumTime } = protocol;
    const byGroup = new Map<string, { wanted: number; judged: number }>();
    for (const { group, wanted, judged } of await progressOf(reader, study.id)) {
      const before = byGroup.get(group) ?? { wanted: 0, judged: 0 };
      byGroup.set(group, { wanted: before.wanted + wanted, judged: before.judged + judged });
    }
    return {
      ...(await summaryOf(reader, study)),
      protocol: { groups, messages, guess, rules, signs, repeats, minimumTime },
      groups: await groupList(reader, study.id),
      progress: [...byGroup].map(([group, sums]) => ({ group, ...sums })),
    };
  });
}

/** The slots that a study wants filled. A draft wants none: those that it has are of an opening that has not ended. */
const slotsOf = ({ db }: Reader, studyId: number) =>
  db
    .selectFrom("slot as s")
    .innerJoin("annotator_group as g", "g.id", "s.group_id")
    .innerJoin("study", "study.id", "g.study_id")
    .where("study.id", "=", studyId)
    .where("study.state", "!=", "draft")
    .where(isWanted(sql.ref("s.replicate")));

const count = (from: Expression<unknown>) => sql<number>`(select count(*) from ${from})`;

async function summaryOf(reader: Reader, study: StudyRow): Promise<StudySummary> {
  const { db } = reader;
  const slots = slotsOf(reader, study.id).select("s.id");
  const prompts = db.selectFrom("prompt").select("id").where("study_id", "=", study.id);
  const unpublished = db
    .selectFrom("load")
    .select("id")
    .where("study_id", "=", study.id)
    .where("state", "!=", "published");
  const loaded = db
    .selectFrom("assignment as a")
    .innerJoin("load as l", "l.id", "a.load_id")
    .select("a.id")
    .where("l.study_id", "=", study.id)
    .where("l.state", "=", "published");
  const { named, unpublishedPrompts, ...counts } = await db
    .selectNoFrom([
      count(prompts).as("named"),
      count(prompts.where("load_id", "in", unpublished)).as("unpublishedPrompts"),
      count(slots).as("wanted"),
      count(slots.where("s.counted_assignment_id", "is not", null)).as("judged"),
      count(loaded).as("loadedJudgments"),
    ])
    .executeTakeFirstOrThrow();
  return {
    name: study.name,
    publicTitle: study.public_title,
    state: study.state,
    note: study.note,
    createdAt: study.created_at,
    prompts: named - unpublishedPrompts,
    systems: (await systemsOf(reader, study.id)).length,
    ...counts,
  };
}

async function systemList(
  reader: Reader,
  studyId: number,
  pairs: Protocol["pairs"],
): Promise<StudyDetail["systemList"]> {
  const { db } = reader;
  const list = [];
  for (const { id, name, display_name: displayName } of await systemsOf(reader, studyId)) {
    const { responses } = await db
      .selectFrom("response as r")
      .innerJoin("load as l", "l.id", "r.load_id")
      .select((column) => column.fn.countAll<number>().as("responses"))
      .where("r.system_id", "=", id)
      .where("l.state", "=", "published")
      .executeTakeFirstOrThrow();
    list.push({ name, displayName, role: roleIn(pairs, name), responses });
  }
  return list;
}

/** What the protocol makes of a system: a draft's roles are written down only when it opens. */
function roleIn(pairs: Protocol["pairs"], name: string): SystemRole {
  if (pairs === "all") return "contender";
  if (name === pairs.target) return "target";
  return pairs.baselines.includes(name) ? "baseline" : "contender";
}

async function groupList(reader: Reader, studyId: number): Promise<StudyDetail["groups"]> {
  const groups = [];
  for (const group of await groupsOf(reader, studyId)) {
    const { fn } = reader.db;
    const annotators = await reader.db
      .selectFrom("annotator")
      .select(fn.countAll<number>().as("n"))
      .where("group_id", "=", group.id)
      .where("provider", "<>", NAMELESS)
      .executeTakeFirstOrThrow();
    const judged = await reader.db
      .selectFrom("counted_judgment")
      .select(fn.countAll<number>().as("n"))
      .where("group_id", "=", group.id)
      .executeTakeFirstOrThrow();
    const { name, kind } = group;
    const facts = {
      ...{ headline: group.headline === 1, openLink: hasOpenLink(group) },
      isOfPlatform: isOpenLink(await platformLinkOf(reader, group.id), group),
    };
    const unnamed = await countUnnamed(reader, group.id);
    groups.push({
      ...{ name, kind, ...facts, annotators: annotators.n, judged: judged.n },
      ...(unnamed > 0 && { unnamed }),
    });
  }
  return groups;
}

async function countUnnamed({ db }: Reader, groupId: number): Promise<number> {
  const { n } = await db
    .selectFrom("annotator as a")
    .innerJoin("counted_judgment as j", "j.annotator_id", "a.id")
    .select((e) => e.fn.countAll<number>().as("n"))
    .where("a.group_id", "=", groupId)
    .where("a.provider", "=", NAMELESS)
    .executeTakeFirstOrThrow();
  return n;
}

/** The open link that is in the address for a group’s platform; null: it has no platform. */
async function platformLinkOf({ db }: Reader, groupId: number): Promise<string | null> {
  const row = await db
    .selectFrom("platform")
    .select("link")
    .where("group_id", "=", groupId)
    .executeTakeFirst();
  return row?.link ?? null;
}

const hasOpenLink = (group: { open_token_hash: string | null; open_link_revoked_at: string | null }) =>
  group.open_token_hash !== null && group.open_link_revoked_at === null;

/** Wanted and counted judgments by group and pair of systems. */
export async function progressOf(reader: Reader, studyId: number): Promise<StudyDetail["progress"]> {
  const rows = await slotsOf(reader, studyId)
    .innerJoin("comparison as c", "c.id", "s.comparison_id")
    .innerJoin("system as low", "low.id", "c.low_system_id")
    .innerJoin("system as high", "high.id", "c.high_system_id")
    .select(["g.name as group", "low.display_name as low", "high.display_name as high", "high.role"])
    .select((e) => [
      e.fn.countAll<number>().as("wanted"),
      e.fn.count<number>("s.counted_assignment_id").as("judged"),
    ])
    .groupBy(["g.id", "g.name", "low.id", "low.display_name", "high.id", "high.display_name", "high.role"])
    .orderBy("g.id")
    .orderBy("low.id")
    .orderBy("high.id")
    .execute();
  return rows.map(({ group, low, high, role, wanted, judged }) => {
    const [system, against] = role === "target" ? [high, low] : [low, high];
    return { group, system, against, wanted, judged };
  });
}

async function loadsOf(reader: Reader, studyId: number): Promise<StudyDetail["loads"]> {
  const rows = await reader.db
    .selectFrom("load")
    .select(["id", "file_name", "state", "started_at", "ended_at", "report"])
    .where("study_id", "=", studyId)
    .orderBy("id", "desc")
    .limit(200)
    .execute();
  const loaders = await loadersOf(reader, studyId);
  return rows.map((row) => {
    const report = loadReportSchema.safeParse(JSON.parse(row.report ?? "null"));
    const state = row.state !== "held" ? row.state : row.ended_at === null ? "running" : "unloaded";
    const by = loaders.get(row.id) ?? null;
    const about = { number: row.id, file: row.file_name, state, at: row.started_at, by } as const;
    return { ...about, report: report.data ?? null };
  });
}

/** Who published each load. */
async function loadersOf({ db }: Reader, studyId: number): Promise<Map<number, string>> {
  const changes = await db
    .selectFrom("study_change")
    .select(["detail", "by_whom as by"])
    .where("study_id", "=", studyId)
    .where("kind", "=", "load")
    .execute();
  return new Map(changes.map(({ detail, by }) => [(JSON.parse(detail) as { load: number }).load, by]));
}
