import type { Context } from "../context.ts";
import type { Report, ReportGroup } from "../contract/report.ts";
import { GroupNotFound } from "../studies/errors.ts";
import type { JudgmentRows } from "./columns.ts";
import { ESTIMATOR_VERSION } from "./estimator.ts";
import type { StudyFacts } from "./facts.ts";
import { writeNotes } from "./notes.ts";
import { listPairs, PairRanges } from "./pair-list.ts";
import { reportPairs } from "./pairs.ts";
import { readStudy, type StudyData } from "./study-data.ts";

/**
 * The report of a study as it stands, in any state. With `group` its rows are that group's alone; the totals,
 * the groups and the notes stay those of the whole study.
 * @throws StudyNotFound, GroupNotFound: both name what there is.
 */
export async function buildReport(
  context: Pick<Context, "database">,
  options: { study: string; group?: string | undefined },
): Promise<Report> {
  const data = await context.database.read((reader) => readStudy(reader, options.study));
  requireGroup(data.facts, options.group);
  return reportOf(data, options.group);
}

function requireGroup({ groups }: StudyFacts, name: string | undefined): void {
  if (name === undefined || groups.some((group) => group.name === name)) return;
  throw new GroupNotFound(
    name,
    groups.map((group) => group.name),
  );
}

function reportOf(data: StudyData, group: string | undefined): Report {
  const { facts, rows, counts } = data;
  const ranges = new PairRanges(rows);
  const pairs = listPairs(facts, ranges);
  const groups = listedGroups(data);
  const inPairs = pairs.reduce((sum, pair) => sum + ranges.of(pair).to - ranges.of(pair).from, 0);
  return {
    study: facts.study.name,
    publicTitle: facts.study.public_title,
    state: facts.study.state,
    notes: writeNotes({ facts, rows, counts, inNoPair: rows.count - inPairs }),
    judgments: rows.count,
    comparisons: countComparisons(rows),
    prompts: new Set(rows.prompt).size,
    annotators: new Set(rows.annotator).size,
    repeats: counts.repeats,
    surplus: counts.surplus,
    seed: facts.study.seed,
    estimator: ESTIMATOR_VERSION,
    groups,
    pairs: reportPairs({
      facts,
      rows,
      pairs,
      ranges,
      groups: group === undefined ? [null, ...groups.map(({ name }) => name)] : [group],
    }),
  };
}

/** Rows of canonical order keep a comparison's judgments together. */
function countComparisons({ low, high, prompt, turn, count }: JudgmentRows): number {
  const columns = [low, high, prompt, turn];
  let comparisons = 0;
  for (let i = 0; i < count; i++) {
    if (i === 0 || columns.some((column) => column[i] !== column[i - 1])) comparisons++;
  }
  return comparisons;
}

/** Every group with what it judged; one that only an unpublished load knows of has judged nothing. */
function listedGroups({ facts, rows }: StudyData): ReportGroup[] {
  return facts.groups.flatMap(({ name, kind, headline, published }, code) => {
    const annotators = new Set<number>();
    let judgments = 0;
    for (let i = 0; i < rows.count; i++) {
      if (rows.group[i] !== code) continue;
      judgments++;
      annotators.add(rows.annotator[i]!);
    }
    return published || judgments > 0
      ? [{ name, kind, headline, annotators: annotators.size, judgments }]
      : [];
  });
}
