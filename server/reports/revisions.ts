import type { AmendmentChange } from "../contract/amendment-plan.ts";
import type { Revision } from "../contract/amendments.ts";
import type { ReportRevisions } from "../contract/report-revisions.ts";
import { headlineOf } from "../analysis/pairs/headline.ts";
import { allRows } from "../analysis/rows/all-rows.ts";
import { canonicalOrder } from "../analysis/rows/canonical-order.ts";
import {
  CHOICES,
  GrowingColumns,
  type JudgmentRows,
  ORIGINS,
  rowsAt,
} from "../analysis/rows/judgment-columns.ts";
import { promptsOfPart } from "../analysis/rows/prompts-of-part.ts";
import { onlyRows } from "../analysis/rows/only-rows.ts";
import type { StudyData } from "../analysis/rows/study-data.ts";
import type { Reader } from "../storage/database.ts";
import { revisionsOf, wasAmended } from "../studies/amendments/revisions.ts";
import { isComparisonLeftOut } from "../studies/left-out.ts";

/**
 * The revisions of a study with the figures of each part. Must run within the `database.read` of the report.
 * @returns null where the study was never amended for a reason
 */
export async function reportRevisionsOf(reader: Reader, data: StudyData): Promise<ReportRevisions | null> {
  if (!(await wasAmended(reader, data.facts.study.id))) return null;
  const revisions = await revisionsOf(reader, data.facts.study.id);
  const under = await revisionByRow(reader, data);
  const parts = partsOf(revisions).map(({ from, to }) => {
    const isIn = (rows: JudgmentRows, i: number) => {
      const revision = under(rows, i);
      return revision !== undefined && revision >= from && revision <= to;
    };
    return { from, to, pairs: figuresOf(data, onlyRows(data, isIn).rows) };
  });
  const corrected = await correctedRows(reader, data);
  return {
    list: revisions.map(({ revision, at, reason, changes, judgments }) => ({
      ...{ revision, at, reason, changes, judgments },
    })),
    parts,
    ...(corrected.count > 0 && {
      corrected: {
        judgments: corrected.count,
        pairs: figuresOf(data, allRows({ rows: data.rows, excluded: corrected })),
      },
    }),
  };
}

const figuresOf = (data: StudyData, rows: JudgmentRows): ReportRevisions["parts"][number]["pairs"] =>
  headlineOf(data, rows).map(({ system, against, figures }) => ({ system, against, ...figures }));

/** What changes what is asked: of others, of more, in other words, or of other texts. */
const ASKS: ReadonlySet<AmendmentChange["kind"]> = new Set([
  ...(["wording", "responses", "judgments", "baselines", "group", "material", "shared"] as const),
]);

function partsOf(revisions: readonly Revision[]): { from: number; to: number }[] {
  const parts: { from: number; to: number }[] = [];
  for (const { revision, changes } of revisions) {
    if (parts.length === 0 || changes.some(({ kind }) => ASKS.has(kind)))
      parts.push({ from: revision, to: revision });
    else parts.at(-1)!.to = revision;
  }
  return parts;
}

type Key = readonly [prompt: number, turn: number, low: number, high: number, annotator: number];

/** The revision under which each counted judgment was assigned; undefined: it was made elsewhere. */
async function revisionByRow(reader: Reader, { facts, prompts, annotators }: StudyData) {
  const judged = await reader.db
    .selectFrom("counted_judgment as j")
    .innerJoin("assignment as a", "a.id", "j.assignment_id")
    .select(["j.prompt_id", "j.turn", "j.low_system_id", "j.high_system_id", "j.annotator_id"])
    .select("a.protocol_revision as revision")
    .where("j.study_id", "=", facts.study.id)
    .where("a.protocol_revision", "is not", null)
    .execute();
  const keyOf = ([prompt, turn, one, other, annotator]: Key) =>
    `${prompt} ${turn} ${Math.min(one, other)} ${Math.max(one, other)} ${annotator}`;
  const revisions = new Map(
    judged.map((row) => {
      const { prompt_id, turn, low_system_id, high_system_id, annotator_id } = row;
      return [keyOf([prompt_id, turn, low_system_id, high_system_id, annotator_id]), row.revision!];
    }),
  );
  return ({ prompt, turn, low, high, annotator }: JudgmentRows, i: number): number | undefined => {
    const systems = [facts.systems[low[i]!]!.id, facts.systems[high[i]!]!.id] as const;
    return revisions.get(
      keyOf([prompts[prompt[i]!]!.id, turn[i]!, ...systems, annotators[annotator[i]!]!.id]),
    );
  };
}

/** Judgments of texts that were corrected since, of annotators who are not excluded and pairs that are not left out. */
async function correctedRows(reader: Reader, data: StudyData): Promise<JudgmentRows> {
  const { facts, prompts, annotators, part } = data;
  const inPart = part && new Set(await promptsOfPart(reader, facts.study.id, part));
  const judged = await reader.db
    .selectFrom("annotator as r")
    .innerJoin("assignment as a", "a.annotator_id", "r.id")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .innerJoin("judgment as j", "j.assignment_id", "a.id")
    .select(["a.prompt_id as prompt", "c.turn", "c.low_system_id as low", "c.high_system_id as high"])
    .select([
      "a.annotator_id as annotator",
      "a.left_system_id as left",
      "j.choice",
      "a.origin",
      "a.side_known",
    ])
    .where("r.study_id", "=", facts.study.id)
    .where("a.purpose", "=", "corrected")
    .where("a.ended_how", "=", "judged")
    .where((e) => e.not(isComparisonLeftOut("c")))
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("assignment as first")
            .select("first.id")
            .whereRef("first.annotator_id", "=", "a.annotator_id")
            .whereRef("first.comparison_id", "=", "a.comparison_id")
            .whereRef("first.presentation", "<", "a.presentation")
            .where("first.purpose", "=", "corrected"),
        ),
      ),
    )
    .where("j.revision", "=", (e) =>
      e
        .selectFrom("judgment as latest")
        .select((own) => own.fn.max("latest.revision").as("revision"))
        .whereRef("latest.assignment_id", "=", "a.id"),
    )
    .execute();
  const codes = new Map(prompts.map(({ id }, code) => [id, code]));
  const people = new Map(annotators.map(({ id }, code) => [id, code]));
  const growing = new GrowingColumns();
  for (const row of judged) {
    if (inPart?.has(row.prompt) === false) continue;
    const annotator = people.get(row.annotator)!;
    if (annotators[annotator]!.excludedBy !== null) continue;
    const { columns, from } = growing.grow(1);
    const [one, other] = [facts.systemCodes.of(row.low), facts.systemCodes.of(row.high)];
    const facets = {
      prompt: codes.get(row.prompt)!,
      turn: row.turn,
      annotator,
      group: annotators[annotator]!.group,
    };
    const sides = {
      low: Math.min(one, other),
      high: Math.max(one, other),
      left: facts.systemCodes.of(row.left),
    };
    const said = { choice: CHOICES.indexOf(row.choice), origin: ORIGINS.indexOf(row.origin) };
    const rest = { unnamed: 0, sideKnown: row.side_known, activeMs: -1, at: NaN };
    for (const [name, value] of Object.entries({ ...facets, ...sides, ...said, ...rest }))
      columns[name as keyof typeof columns][from] = value;
  }
  const positions = Int32Array.from({ length: growing.count }, (_, i) => i);
  return rowsAt(growing.columns, canonicalOrder(growing.columns, positions));
}
