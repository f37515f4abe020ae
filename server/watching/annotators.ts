import { annotatorsOf } from "../analysis/rows/study-data.ts";
import { readFacts } from "../analysis/rows/study-structure.ts";
import type { Context } from "../context.ts";
import type { AnnotatorFigures } from "../contract/report-annotators.ts";
import { type Watched, type WatchedAnnotator, watchedQuerySchema } from "../contract/watching.ts";
import type { ReportService } from "../reports/report-service.ts";
import { GroupNotFound } from "../studies/errors.ts";
import { type AnnotatorRow, readAnnotatorRows } from "./annotator-rows.ts";
import { figuresByAnnotator } from "./figures.ts";
import { looksOf, rankOf } from "./looks.ts";

/** Where annotators are read, and where the report is made that knows how they worked. */
export interface Watching {
  readonly context: Pick<Context, "database">;
  readonly reports: ReportService;
}

interface Question {
  readonly study: string;
  readonly group?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number;
}

/**
 * A page of a study's annotators, those who need a look first; without models.
 * @param question.after `next` of the page before @throws StudyNotFound, GroupNotFound
 */
export async function watchAnnotators(watching: Watching, question: Question): Promise<Watched> {
  const { group, after = "", limit = watchedQuerySchema.parse({}).limit } = question;
  const all = await everyAnnotator(watching, question.study, group);
  const rest = all.filter(({ place }) => place > after);
  const page = rest.slice(0, limit);
  return {
    annotators: page.map(({ one }) => one),
    total: all.length,
    looks: all.filter(({ one }) => one.look.length > 0).length,
    next: rest.length > limit ? page.at(-1)!.place : null,
  };
}

/** An annotator of the list. */
interface Placed {
  readonly id: number;
  /** As the report names them. */
  readonly name: string;
  /** Sorts as the list does. */
  readonly place: string;
  readonly one: WatchedAnnotator;
}

/** Every annotator in the order of the list. @throws StudyNotFound, GroupNotFound */
export async function everyAnnotator(watching: Watching, study: string, group?: string): Promise<Placed[]> {
  const figures = await figuresByAnnotator(watching, study);
  const { rows, names } = await watching.context.database.read(async (reader) => {
    const facts = await readFacts(reader, study);
    const groups = facts.groups.map(({ name }) => name);
    if (group !== undefined && !groups.includes(group)) throw new GroupNotFound(group, groups);
    const names = new Map((await annotatorsOf(reader, facts)).map(({ id, name }) => [id, name]));
    return { rows: await readAnnotatorRows(reader, facts.study.id), names };
  });
  const byName = new Map(figures.map((one) => [one.annotator, one]));
  return rows
    .filter((row) => group === undefined || row.group === group)
    .map((row) => {
      const name = names.get(row.id) ?? row.annotator;
      const one = watchedOf(row, byName.get(name));
      return { id: row.id, name, place: placeOf(one, row), one };
    })
    .sort((a, b) => (a.place < b.place ? -1 : 1));
}

const placeOf = (one: WatchedAnnotator, { id }: AnnotatorRow): string =>
  `${String(rankOf(one.look)).padStart(2, "0")}-${String(id).padStart(12, "0")}`;

const NONE = { count: 0, of: 0 };

function watchedOf(row: AnnotatorRow, figures: AnnotatorFigures | undefined): WatchedAnnotator {
  const { annotator, group, participant, skipped, flagged, openPairs, lastSeen } = row;
  const { unanswered, review, excluded } = row;
  return {
    ...{ annotator, group, participant, skipped, flagged, openPairs, lastSeen },
    ...{ unanswered, review, excluded },
    look: looksOf(row, figures?.pointedOut ?? []),
    judged: figures?.judgments ?? 0,
    medianSeconds: figures?.medianActiveSeconds ?? null,
    fast: shareOf(figures?.fast),
    left: shareOf(figures?.left),
    ties: shareOf(figures?.ties),
    checks: figures ? { count: figures.checks.passed, of: figures.checks.of } : NONE,
    agreement: agreementOf(figures?.againstChance),
  };
}

const shareOf = (share: AnnotatorFigures["fast"]): WatchedAnnotator["fast"] =>
  share === undefined || "notEstimable" in share ? NONE : { count: share.count, of: share.of };

function agreementOf(of: AnnotatorFigures["againstChance"]): WatchedAnnotator["agreement"] {
  if (of === undefined || "notEstimable" in of) return null;
  const { agreement: rate, judgments, chance, power, found } = of;
  return { rate, of: judgments, chance, power, found };
}

/** Annotators as rows for a file, the header first. */
export function watchedRows(annotators: readonly WatchedAnnotator[]): string[][] {
  const text = (value: string | number | boolean | null) => (value === null ? "" : String(value));
  const share = ({ count, of }: { count: number; of: number }) => [String(count), String(of)];
  const rows = annotators.map((one) => [
    ...[one.annotator, one.group, text(one.participant), one.look.join(" ")],
    ...[one.judged, one.skipped, one.flagged, one.openPairs, one.lastSeen, one.medianSeconds].map(text),
    ...[one.fast, one.left, one.ties, one.checks].flatMap(share),
    ...[one.agreement?.rate, one.agreement?.of, one.agreement?.chance, one.agreement?.power].map((value) =>
      text(value ?? null),
    ),
    ...[text(one.agreement?.found ?? null), text(one.unanswered), text(one.review), text(one.excluded)],
  ]);
  return [HEADER, ...rows];
}

const HEADER = [
  ...["annotator", "group", "participant", "look", "judged", "skipped", "flagged", "open_pairs", "last_seen"],
  ...[
    "median_seconds",
    "fast",
    "fast_of",
    "left",
    "left_of",
    "ties",
    "ties_of",
    "checks_passed",
    "checks_of",
  ],
  ...["agreement", "agreement_of", "chance", "power", "found", "unanswered", "review", "excluded"],
];
