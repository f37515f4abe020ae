import { SystemNotFound } from "./errors.ts";
import { isHeadline } from "../report-document/headline.ts";
import type { JudgedComparison, JudgedPage, JudgedQuery } from "../contract/judged.ts";
import type { Context } from "../context.ts";
import { orderVerdict, type Preference } from "../statistics/judgments/order-verdict.ts";
import { answerKey, flagsByAnswer } from "../studies/flags.ts";
import type { Reader } from "../storage/database.ts";
import {
  readFacts,
  requireGroup,
  type StudyFacts,
  type SystemFact,
} from "../analysis/rows/study-structure.ts";
import {
  annotatorsNamed,
  comparisonsAfter,
  type JudgedRow,
  judgmentsOn,
  otherOrdersOn,
  textsOn,
} from "./judged-rows.ts";
import { preferenceOf } from "../analysis/rows/outcomes.ts";
import { promptsOfPart } from "../analysis/rows/prompts-of-part.ts";

/** Comparisons a page. */
const A_PAGE = 20;
/** Comparisons looked through for one page: a filter that hardly anything meets goes on with the next page. */
const LOOKED_THROUGH = 1000;

export type Render = (turns: string[]) => Promise<string[]>;

/**
 * The comparisons behind a figure, in the order in which they were made, with every judgment of the groups asked for and
 * the texts as annotators saw them.
 * @param given.isOwner whether the reader may see what people wrote and flagged
 * @throws StudyNotFound, GroupNotFound, SystemNotFound: all name what there is
 */
export async function judgedComparisons(
  context: Context,
  study: string,
  { query, render, isOwner }: { query: JudgedQuery; render: Render; isOwner: boolean },
): Promise<JudgedPage> {
  const page = await context.database.read((reader) => readPage(reader, study, { query, isOwner }));
  const comparisons = await Promise.all(page.found.map((one) => shown(one, render)));
  return { comparisons, next: page.next };
}

interface Found {
  readonly comparison: Omit<JudgedComparison, "promptHtml" | "systemHtml" | "againstHtml">;
  readonly texts: Record<"prompt" | "system" | "against", string | null>;
}

async function readPage(
  reader: Reader,
  study: string,
  { query, isOwner }: { query: JudgedQuery; isOwner: boolean },
) {
  const facts = await readFacts(reader, study);
  const flags = isOwner ? await flagsByAnswer(reader, facts.study.id) : null;
  const systems = systemsOf(facts, query);
  for (const group of [query.also, query.group]) requireGroup(facts, group);
  const besides = query.also === undefined ? [] : groupNamesOf(facts, query.also);
  const names = [...groupNamesOf(facts, query.group), ...besides];
  const groups = await groupIdsOf(reader, names, facts.study.id);
  const narrowed = await narrowedBy(reader, facts.study.id, query);
  const found: Found[] = [];
  let { after } = query;
  for (let seen = 0; seen < LOOKED_THROUGH;) {
    const wanted = { ...narrowed, prompt: query.prompt, systems, groups, after, limit: A_PAGE };
    const comparisons = await comparisonsAfter(reader, facts.study.id, wanted);
    const ids = comparisons.map(({ id }) => id);
    const judgments = await judgmentsOn(reader, { comparisons: ids, groups });
    const others = await otherOrdersOn(reader, { comparisons: ids, groups });
    for (const comparison of comparisons) {
      after = comparison.id;
      const [first, second] = sidesOf(facts, comparison, systems);
      const own = judgments.filter(({ comparisonId }) => comparisonId === comparison.id);
      const told = own.map((one) => judgmentOf(one, { facts, others, first, flags }));
      if (!isWanted(told, query)) continue;
      const texts = await textsOn(reader, comparison.promptId, [first.id, second.id]);
      const { prompt, turn } = comparison;
      found.push({
        comparison: { prompt, turn, system: first.label, against: second.label, judgments: told },
        texts: { prompt: texts.prompt, system: texts.of(first.id), against: texts.of(second.id) },
      });
      if (found.length === A_PAGE) return { found, next: after };
    }
    seen += comparisons.length;
    if (comparisons.length < A_PAGE) return { found, next: null };
  }
  return { found, next: after };
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

type Told = JudgedComparison["judgments"];

function isWanted(told: Told, query: JudgedQuery): boolean {
  const { alsoAnnotator, together, also } = query;
  if (!told.some((one) => isMeant(one, query))) return false;
  if (alsoAnnotator !== undefined && !told.some((one) => one.annotator === alsoAnnotator)) return false;
  if (together === undefined) return true;
  const inFigures = told.filter((one) => one.excludedBy === null);
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
  const html = (text: string | null) =>
    text === null ? null : render((JSON.parse(text) as string[]).slice(0, comparison.turn));
  const [promptHtml, systemHtml, againstHtml] = await Promise.all([
    html(texts.prompt),
    html(texts.system),
    html(texts.against),
  ]);
  return { ...comparison, promptHtml, systemHtml, againstHtml };
}

type Pair = readonly [SystemFact, SystemFact];

/** Those asked for: both, one that is compared with any, or none. */
function systemsOf({ systems }: StudyFacts, { system, against }: JudgedQuery): readonly SystemFact[] {
  const named = (label: string) => {
    const found = systems.find((one) => one.label === label) ?? systems.find((one) => one.name === label);
    if (found) return found;
    throw new SystemNotFound(
      label,
      systems.map((one) => one.label),
    );
  };
  return [system, against].flatMap((label) => (label === undefined ? [] : [named(label)]));
}

/** The groups asked for: one, or all people of the headline. */
function groupNamesOf({ groups }: StudyFacts, name: string | undefined): string[] {
  const isWanted = (group: StudyFacts["groups"][number]) =>
    name === undefined ? isHeadline(group) : group.name === name;
  return groups.filter(isWanted).map((group) => group.name);
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

function judgmentOf(
  row: JudgedRow,
  given: {
    facts: StudyFacts;
    others: readonly JudgedRow[];
    first: SystemFact;
    /** Null: the reader may not see what people wrote and flagged. */
    flags: Awaited<ReturnType<typeof flagsByAnswer>> | null;
  },
): JudgedComparison["judgments"][number] {
  const { facts, others, first, flags } = given;
  const flagged = flags?.get(answerKey(row));
  const labelOf = (id: number) => facts.systems.find((system) => system.id === id)?.label ?? "";
  const forFirst = ({ choice, left }: JudgedRow): Preference =>
    (left === first.id ? preferenceOf(choice) : -preferenceOf(choice)) as Preference;
  const other = others.find(
    (one) => one.annotatorId === row.annotatorId && one.comparisonId === row.comparisonId,
  );
  const rule = facts.declared.analysis.orderRule;
  const verdict = other ? orderVerdict(forFirst(row), forFirst(other), rule) : forFirst(row);
  return {
    ...{ annotator: row.annotator, group: row.group, choice: row.choice, left: labelOf(row.left) },
    outcome: verdict > 0 ? "win" : verdict < 0 ? "loss" : "tie",
    sideKnown: row.sideKnown === 1,
    otherOrder: other?.choice ?? null,
    rationale: row.isOfPerson === 1 && flags === null ? null : row.rationale,
    ...(flagged && {
      flags: flagged.map(({ flag, systemId }) => ({
        flag,
        system: systemId === null ? null : labelOf(systemId),
      })),
    }),
    seconds: row.activeMs === null ? null : row.activeMs / 1000,
    at: row.at,
    excludedBy: row.excludedBy,
  };
}
