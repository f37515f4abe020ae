import { isHeadline } from "../report-document/headline.ts";
import type { JudgedComparison, JudgedPage, JudgedQuery } from "../contract/judged.ts";
import type { Context } from "../context.ts";
import type { ReadingPlace } from "../analysis/reading/reading.ts";
import { nextComparisons, type ReportService } from "../reports/report-service.ts";
import { lengthOf } from "../statistics/judgments/text-features.ts";
import { flagsByAnswer } from "../studies/flags.ts";
import type { Reader } from "../storage/database.ts";
import {
  readFacts,
  requireGroup,
  type StudyFacts,
  type SystemFact,
} from "../analysis/rows/study-structure.ts";
import { promptsOfPart } from "../analysis/rows/prompts-of-part.ts";
import { skipsInForce } from "../studies/skips.ts";
import { MarkForMembers } from "./errors.ts";
import { divisionOf, judgmentOf } from "./judgment-of.ts";
import { annotatorsNamed, judgmentsOn, otherOrdersOn, textsOn } from "./judged-rows.ts";
import { A_PAGE, asTheyWereMade, atPlaces, isSorted, LOOKED_THROUGH } from "./next-comparisons.ts";
import { systemNamed } from "./system-named.ts";
import { type Adjudicated, adjudicatedOn, type Member, notesOn } from "./written-on.ts";

type Render = (turns: string[]) => Promise<string[]>;

export interface ReadingParts {
  readonly context: Context;
  readonly reports: Pick<ReportService, "answer">;
  /** Makes safe HTML of turns. */
  readonly render: Render;
}

interface Asked {
  readonly query: JudgedQuery;
  /** Null: a reader who came by a link, and may not see what people wrote and flagged, nor notes. */
  readonly member: Member | null;
}

/**
 * The comparisons of the reading room, with every judgment of the groups asked for and the texts as annotators saw them.
 * @throws StudyNotFound, GroupNotFound, SystemNotFound: all name what there is; MarkForMembers
 */
export async function judgedComparisons(
  { context, reports, render }: ReadingParts,
  study: string,
  asked: Asked,
): Promise<JudgedPage> {
  const { query, member } = asked;
  const forMembers: readonly JudgedQuery["mark"][] = ["flagged", "skipped", "noted"];
  if (member === null && forMembers.includes(query.mark)) throw new MarkForMembers();
  const places = isSorted(query) ? await placesFor({ context, reports }, study, query) : null;
  const page = await context.database.read((reader) => readPage(reader, study, { ...asked, places }));
  const comparisons = await Promise.all(page.found.map((one) => shown(one, render)));
  return { comparisons, next: page.next };
}

/** Where the next comparisons of a sorted page are. */
async function placesFor(
  { context, reports }: Omit<ReadingParts, "render">,
  study: string,
  query: JudgedQuery,
): Promise<ReadingPlace[]> {
  const facts = await context.database.read((reader) => readFacts(reader, study));
  const { sort, prompt, text, mark, after, field, value } = query;
  return nextComparisons(reports, {
    ...{ study, sort, prompt, text, mark, after },
    groups: groupNames(facts, query),
    systems: systemsOf(facts, query).map(({ id }) => id),
    ...(field !== undefined && value !== undefined && { part: { field, value } }),
    limit: LOOKED_THROUGH,
  });
}

type Shown = Omit<JudgedComparison, "promptHtml" | "systemHtml" | "againstHtml" | "characters">;

interface Found {
  readonly comparison: Shown;
  readonly texts: Record<"prompt" | "system" | "against", string | null>;
}

async function readPage(
  reader: Reader,
  study: string,
  { query, member, places }: Asked & { places: ReadingPlace[] | null },
): Promise<{ found: Found[]; next: string | null }> {
  const facts = await readFacts(reader, study);
  const { id: studyId } = facts.study;
  const flags = member === null ? null : await flagsByAnswer(reader, studyId);
  const skips = member === null ? [] : await skipsInForce(reader, studyId);
  const systems = systemsOf(facts, query);
  const groups = await groupIdsOf(reader, groupNames(facts, query), studyId);
  const batches =
    places === null
      ? asTheyWereMade(reader, studyId, {
          ...(await narrowedBy(reader, studyId, query)),
          ...{ prompt: query.prompt, systems, groups, after: Number(query.after) || 0 },
        })
      : atPlaces(reader, studyId, places);
  const found: Found[] = [];
  let [seen, next] = [0, query.after];
  for await (const comparisons of batches) {
    const ids = comparisons.map(({ id }) => id);
    const judgments = await judgmentsOn(reader, { comparisons: ids, groups });
    const others = await otherOrdersOn(reader, { comparisons: ids, groups });
    const notes = member === null ? null : await notesOn(reader, ids, member);
    const adjudicated = await adjudicatedOn(reader, ids);
    for (const { id, cursor, ...comparison } of comparisons) {
      next = cursor;
      const [first, second] = sidesOf(facts, comparison, systems);
      const own = judgments.filter(({ comparisonId }) => comparisonId === id);
      const made = own.map((one) => judgmentOf(one, { facts, others, first, flags }));
      if (!isWanted(made, query)) continue;
      const texts = await textsOn(reader, comparison.promptId, [first.id, second.id]);
      const { prompt, turn } = comparison;
      found.push({
        comparison: {
          ...{ id, prompt, turn, system: first.label, against: second.label },
          ...{ judgments: made, division: divisionOf(own, made) },
          adjudicated: answerOf(facts, adjudicated.get(id), member),
          ...(notes && { notes: notes.get(id) ?? [] }),
          ...(member && {
            mayAdjudicate: member.mayAdjudicate,
            skips: skips.filter((one) => one.comparisonId === id && one.isCounted).map(skipOf),
          }),
        },
        texts: { prompt: texts.prompt, system: texts.of(first.id), against: texts.of(second.id) },
      });
      if (found.length === A_PAGE) return { found, next };
    }
    seen += comparisons.length;
    if (seen >= LOOKED_THROUGH) return { found, next };
  }
  return { found, next: null };
}

const skipOf = ({ group, reason, comment }: Awaited<ReturnType<typeof skipsInForce>>[number]) => ({
  ...{ group, reason, comment },
});

/** The adjudicated answer as a reader sees it: who gave it and why is for members. */
export function answerOf(
  { systems }: StudyFacts,
  answer: Adjudicated | undefined,
  member: Member | null,
): JudgedComparison["adjudicated"] {
  if (answer === undefined) return null;
  const { better, by, reason, at } = answer;
  const label = systems.find(({ id }) => id === better)?.label ?? null;
  return { better: label, ...(member && { by, reason, at }) };
}

/** What the database can narrow the comparisons down by, besides their systems. */
async function narrowedBy(reader: Reader, studyId: number, query: JudgedQuery) {
  const { field, value } = query;
  const isPart = field !== undefined && value !== undefined;
  const annotators = [];
  for (const name of [query.annotator, query.alsoAnnotator])
    if (name !== undefined) annotators.push(await annotatorsNamed(reader, studyId, name));
  return { annotators, prompts: isPart ? await promptsOfPart(reader, studyId, { field, value }) : null };
}

type Judgments = JudgedComparison["judgments"];

const asksForJudgments = ({ outcome, annotator, alsoAnnotator, together }: JudgedQuery): boolean =>
  [outcome, annotator, alsoAnnotator, together].some((asked) => asked !== undefined);

function isWanted(judgments: Judgments, query: JudgedQuery): boolean {
  const { alsoAnnotator, together, also } = query;
  if (judgments.length === 0) return query.mark === "skipped" && !asksForJudgments(query);
  if (!judgments.some((one) => isMeant(one, query))) return false;
  if (alsoAnnotator !== undefined && !judgments.some((one) => one.annotator === alsoAnnotator)) return false;
  if (together === undefined) return true;
  const inFigures = judgments.filter((one) => one.excludedBy === null);
  const others = inFigures.filter((one) => one.group === also);
  return also === undefined ? inFigures.length > 1 : others.length > 0 && inFigures.length > others.length;
}

/**
 * Whether a judgment is one that a comparison is looked at for. An outcome comes from a figure, which holds none of
 * those excluded by a rule; whoever asks for an annotator by name reads them all the same.
 */
function isMeant(
  judgment: JudgedComparison["judgments"][number],
  { outcome, annotator }: Pick<JudgedQuery, "outcome" | "annotator">,
): boolean {
  if (annotator !== undefined && judgment.annotator !== annotator) return false;
  if (outcome === undefined) return true;
  return judgment.outcome === outcome && (annotator !== undefined || judgment.excludedBy === null);
}

async function shown({ comparison, texts }: Found, render: Render): Promise<JudgedComparison> {
  const turns = (text: string | null) =>
    text === null ? null : (JSON.parse(text) as string[]).slice(0, comparison.turn);
  const [prompt, system, against] = [turns(texts.prompt), turns(texts.system), turns(texts.against)];
  const html = (some: string[] | null) => (some === null ? null : render(some));
  const characters = (some: string[] | null) =>
    some === null ? null : some.reduce((sum, turn) => sum + lengthOf(turn), 0);
  const [promptHtml, systemHtml, againstHtml] = await Promise.all([
    html(prompt),
    html(system),
    html(against),
  ]);
  return {
    ...{ ...comparison, promptHtml, systemHtml, againstHtml },
    characters: { system: characters(system), against: characters(against) },
  };
}

type Pair = readonly [SystemFact, SystemFact];

/** Those asked for: both, one that is compared with any, or none. */
const systemsOf = (facts: StudyFacts, { system, against }: JudgedQuery): readonly SystemFact[] =>
  [system, against].flatMap((label) => (label === undefined ? [] : [systemNamed(facts, label)]));

/**
 * The groups whose judgments are read: one, or all people of the headline, with one more; or all. Where people and models
 * are to be apart, models are among them.
 * @throws GroupNotFound
 */
function groupNames(facts: StudyFacts, { group, also, everyone, sort }: JudgedQuery): string[] {
  for (const name of [also, group]) requireGroup(facts, name);
  const isModelWanted =
    sort === "models" &&
    !facts.groups.some(({ name, kind }) => kind === "model" && [group, also].includes(name));
  const isWanted = (one: StudyFacts["groups"][number]) =>
    everyone !== undefined ||
    one.name === also ||
    (group === undefined ? isHeadline(one) : one.name === group) ||
    (isModelWanted && one.kind === "model");
  return facts.groups.filter(isWanted).map(({ name }) => name);
}

async function groupIdsOf({ db }: Reader, names: readonly string[], studyId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("annotator_group")
    .select("id")
    .where("study_id", "=", studyId)
    .where("name", "in", [...names, ""])
    .execute();
  return rows.map(({ id }) => id);
}

/** The pair's systems in the order asked for; else the one asked for or the target first, or the order of names. */
function sidesOf(
  { systems, pairs }: StudyFacts,
  { low, high }: { low: number; high: number },
  [first, second]: readonly SystemFact[],
): Pair {
  if (first && second) return [first, second];
  const both = systems.filter(({ id }) => id === low || id === high) as unknown as Pair;
  const isFirst = (system: SystemFact) =>
    first ? system.id === first.id : pairs !== "all" && system.name === pairs.target;
  return isFirst(both[1]) ? [both[1], both[0]] : both;
}
