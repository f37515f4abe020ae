import type { JudgedComparison } from "../contract/judged.ts";
import type { StudyFacts, SystemFact } from "../analysis/rows/study-structure.ts";
import { preferenceOf } from "../analysis/rows/outcomes.ts";
import { divisionBetween, divisionWithin, type OutcomeCounts } from "../statistics/agreement/division.ts";
import { orderVerdict, type Preference } from "../statistics/judgments/order-verdict.ts";
import { answerKey, type flagsByAnswer } from "../studies/flags.ts";
import type { JudgedRow } from "./judged-rows.ts";

type Judgment = JudgedComparison["judgments"][number];

/** How far apart the people and the models are whose judgments are shown, as far as those are in the figures. */
export function divisionOf(
  rows: readonly JudgedRow[],
  judgments: readonly Judgment[],
): JudgedComparison["division"] {
  const counts = (ofModels: boolean): OutcomeCounts => {
    const own = judgments.filter(
      ({ excludedBy }, i) =>
        excludedBy === null &&
        rows[i]!.origin !== "reconstructed" &&
        (rows[i]!.groupKind === "model") === ofModels,
    );
    const count = (wanted: Judgment["outcome"]) => own.filter(({ outcome }) => outcome === wanted).length;
    return [count("loss"), count("tie"), count("win")];
  };
  const people = counts(false);
  return { people: divisionWithin(people), models: divisionBetween(people, counts(true)) };
}

/** What a model thought here before it replied; nothing where none was kept. */
function thinkingOf({ groupKind, origin, metadata }: JudgedRow): Pick<Judgment, "thinking"> {
  if (groupKind !== "model" || origin !== "handed_out" || metadata === null) return {};
  const { thinking } = JSON.parse(metadata) as { readonly thinking?: unknown };
  return typeof thinking === "string" ? { thinking } : {};
}

/** A judgment as a reader sees it, from the side of the first system. */
export function judgmentOf(
  row: JudgedRow,
  given: {
    facts: StudyFacts;
    others: readonly JudgedRow[];
    first: SystemFact;
    /** Null: the reader may not see what people wrote and flagged. */
    flags: Awaited<ReturnType<typeof flagsByAnswer>> | null;
  },
): Judgment {
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
    ...thinkingOf(row),
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
