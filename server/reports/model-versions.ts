import type { ModelCalls } from "../contract/model-calls.ts";
import type { Reader } from "../storage/database.ts";
import { compareCodeUnits } from "./codes.ts";
import type { StudyFacts } from "./facts.ts";
import { listPairs, PairRanges } from "./pair-list.ts";
import type { StudyData } from "./study-data.ts";

type Versions = NonNullable<ModelCalls["versions"]>;

/** A pair by the ids of its systems, and as a reader sees them. */
interface Pair {
  readonly ids: readonly [number, number];
  readonly labels: { readonly system: string; readonly against: string };
}

interface Row {
  readonly annotator: number;
  readonly model: string | null;
  readonly left: number;
  readonly right: number;
  readonly outcome: string | null;
  readonly calls: number;
}

/**
 * What each model said that a server answered as, by the annotators' ids: those of one that answered as more than one.
 * Every verdict counts, each order and each repeat apart. Must run within one `database.read`.
 */
export async function versionsByAnnotator(
  { db }: Reader,
  { facts, rows: judged }: Pick<StudyData, "facts" | "rows">,
): Promise<Map<number, Versions>> {
  const rows: readonly Row[] = await db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .innerJoin("assignment as a", "a.id", "k.assignment_id")
    .select(["r.annotator_id as annotator", "k.reported_model as model", "k.outcome"])
    .select(["a.left_system_id as left", "a.right_system_id as right"])
    .select(({ fn }) => fn.countAll<number>().as("calls"))
    .where("r.study_id", "=", facts.study.id)
    .where("k.state", "=", "answered")
    .groupBy(["r.annotator_id", "k.reported_model", "k.outcome", "a.left_system_id", "a.right_system_id"])
    .execute();
  const pairs = pairsOf(facts, new PairRanges(judged));
  const annotators = [...new Set(rows.map(({ annotator }) => annotator))];
  return new Map(
    annotators.flatMap((annotator) => {
      const own = rows.filter((row) => row.annotator === annotator);
      const models = [...new Set(own.map(({ model }) => model))].sort(byName);
      if (models.length < 2) return [];
      const versions = models.map((model) =>
        versionOf(
          model,
          own.filter((row) => row.model === model),
          pairs,
        ),
      );
      return [[annotator, versions] as const];
    }),
  );
}

const byName = (one: string | null, other: string | null) => compareCodeUnits(one ?? "", other ?? "");

function pairsOf(facts: StudyFacts, ranges: PairRanges): Pair[] {
  return listPairs(facts, ranges).flatMap(({ system, against }) => {
    if (system.code === null || against.code === null) return [];
    const ids = [facts.systems[system.code]!.id, facts.systems[against.code]!.id] as const;
    return [{ ids, labels: { system: system.label, against: against.label } }];
  });
}

const sum = (rows: readonly Row[]) => rows.reduce((all, { calls }) => all + Number(calls), 0);

function versionOf(model: string | null, rows: readonly Row[], pairs: readonly Pair[]): Versions[number] {
  return {
    model,
    verdicts: sum(rows),
    first: sum(rows.filter(({ outcome }) => outcome === "left")),
    pairs: pairs.flatMap(({ ids, labels }) => {
      const own = rows.filter(({ left, right }) => ids.includes(left) && ids.includes(right));
      if (own.length === 0) return [];
      const [decided, tied] = [own.filter(isDecided), own.filter((row) => !isDecided(row))];
      const won = decided.filter(
        ({ outcome, left, right }) => (outcome === "left" ? left : right) === ids[0],
      );
      const win = sum(won);
      return [{ ...labels, win, tie: sum(tied), loss: sum(decided) - win }];
    }),
  };
}

const isDecided = ({ outcome }: Row): boolean => outcome === "left" || outcome === "right";
