import type { ModelCalls } from "../../contract/model-calls.ts";
import type { Reader } from "../../storage/database.ts";
import { compareCodeUnits } from "../rows/dense-ids.ts";
import { listPairs, PairRanges } from "../rows/pair-list.ts";
import type { StudyData } from "../rows/study-data.ts";

type Versions = NonNullable<ModelCalls["versions"]>;
type Pair = Versions[number]["pairs"][number];

interface Row {
  readonly annotator: number;
  readonly model: string | null;
  readonly left: string;
  readonly right: string;
  readonly outcome: string | null;
  readonly calls: number;
}

/**
 * What each model said that a server answered as, by the annotators' ids: of those behind which more than one answered.
 * Every verdict counts, each order and each repeat apart. Systems stand by their names, the first in code units as
 * `system`. Must run within one `database.read`.
 */
export async function versionsByAnnotator({ db }: Reader, studyId: number): Promise<Map<number, Versions>> {
  const rows: readonly Row[] = await db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .innerJoin("assignment as a", "a.id", "k.assignment_id")
    .innerJoin("system as l", "l.id", "a.left_system_id")
    .innerJoin("system as o", "o.id", "a.right_system_id")
    .select(["r.annotator_id as annotator", "k.reported_model as model", "k.outcome"])
    .select(["l.name as left", "o.name as right"])
    .select(({ fn }) => fn.countAll<number>().as("calls"))
    .where("r.study_id", "=", studyId)
    .where("k.state", "=", "answered")
    .groupBy(["r.annotator_id", "k.reported_model", "k.outcome", "l.name", "o.name"])
    .execute();
  const annotators = [...new Set(rows.map(({ annotator }) => annotator))];
  return new Map(
    annotators.flatMap((annotator) => {
      const own = rows.filter((row) => row.annotator === annotator);
      const models = [...new Set(own.map(({ model }) => model))];
      if (models.length < 2) return [];
      models.sort((one, other) => compareCodeUnits(one ?? "", other ?? ""));
      const versions = models.map((model) => {
        const said = own.filter((row) => row.model === model);
        const first = sum(said.filter(({ outcome }) => outcome === "left"));
        return { model, verdicts: sum(said), first, pairs: pairsOf(said) };
      });
      return [[annotator, versions] as const];
    }),
  );
}

const sum = (rows: readonly Row[]) => rows.reduce((all, { calls }) => all + Number(calls), 0);

function pairsOf(rows: readonly Row[]): Pair[] {
  const pairs = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.left, row.right].sort(compareCodeUnits));
    pairs.set(key, [...(pairs.get(key) ?? []), row]);
  }
  return [...pairs]
    .sort(([one], [other]) => compareCodeUnits(one, other))
    .map(([key, own]) => {
      const [system, against] = JSON.parse(key) as [string, string];
      const decided = own.filter(({ outcome }) => outcome === "left" || outcome === "right");
      const win = sum(
        decided.filter(({ outcome, left, right }) => (outcome === "left" ? left : right) === system),
      );
      return { system, against, win, tie: sum(own) - sum(decided), loss: sum(decided) - win };
    });
}

/** The same as the report names its pairs, in its order and direction; of other pairs it tells nothing. */
export const asReported = (data: Pick<StudyData, "facts" | "rows">, versions: Versions): Versions =>
  versions.map(({ pairs, ...version }) => ({
    ...version,
    pairs: pairsAsReported(data, pairs, turnedPair),
  }));

const turnedPair = ({ system, against, win, tie, loss }: Pair): Pair => ({
  ...{ system: against, against: system, win: loss, tie, loss: win },
});

/** Figures of pairs under the names, in the order and in the direction that the report has. @param turn of one pair */
export function pairsAsReported<Figures extends { readonly system: string; readonly against: string }>(
  { facts, rows }: Pick<StudyData, "facts" | "rows">,
  pairs: readonly Figures[],
  turn: (pair: Figures) => Figures,
): Figures[] {
  const nameOf = (code: number | null) => (code === null ? null : facts.systems[code]!.name);
  return listPairs(facts, new PairRanges(rows)).flatMap(({ system, against }) => {
    const [one, other] = [nameOf(system.code), nameOf(against.code)];
    const labels = { system: system.label, against: against.label };
    const there = pairs.find((pair) => pair.system === one && pair.against === other);
    if (there) return [{ ...there, ...labels }];
    const turned = pairs.find((pair) => pair.system === other && pair.against === one);
    return turned ? [{ ...turn(turned), ...labels }] : [];
  });
}
