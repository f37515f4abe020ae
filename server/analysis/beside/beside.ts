import type { Beside, BesideFact } from "../../contract/beside.ts";
import { REASONS } from "../../contract/reasons.ts";
import { kendallTauB } from "../../statistics/ranking/rank-correlation.ts";
import { rankingOf } from "../ranking/ranking.ts";
import { countDistinct } from "../rows/gather.ts";
import { isStudyInterim } from "../rows/declared-slots.ts";
import { onlyRows } from "../rows/only-rows.ts";
import type { StudyData } from "../rows/study-data.ts";
import { besidePairs } from "./beside-pairs.ts";
import type { CommonTexts } from "./read-beside.ts";

/** So few systems are in the same order by chance too often: their orders are not compared. */
const RANKED_LEAST = 3;

/** One study and another, side by side: what they have in common, and what can be compared. */
export function besideOf(first: StudyData, second: StudyData, common: CommonTexts): Beside {
  const [own, other] = [first.facts.declared.analysis.estimate, second.facts.declared.analysis.estimate];
  const estimate = own === other ? own : "halfTieRateByPrompt";
  const interim = isStudyInterim(first) || isStudyInterim(second);
  const namesIn = ({ facts }: StudyData) => new Set(facts.systems.map(({ name }) => name));
  const missing = (from: StudyData, names: ReadonlySet<string>) =>
    from.facts.systems.filter(({ name }) => !names.has(name)).map(({ label }) => label);
  return {
    ...{ first: studyOf(first), second: studyOf(second), interim, estimate },
    facts: factsOf(first, second),
    prompts: {
      shared: common.promptInFirst.filter((code) => code >= 0).length,
      otherText: common.otherText,
    },
    annotators: { shared: sharedAnnotators(first, second) },
    responses: common.responses,
    pairs: besidePairs({ first, second, common, estimate, interim }),
    onlyFirst: missing(first, namesIn(second)),
    onlySecond: missing(second, namesIn(first)),
    ranking: rankingBeside(first, second),
  };
}

function studyOf({ facts, rows }: StudyData): Beside["first"] {
  return {
    ...{ study: facts.study.name, publicTitle: facts.study.public_title, judgments: rows.count },
    ...{ prompts: countDistinct(rows.prompt), annotators: countDistinct(rows.annotator) },
  };
}

function factsOf(first: StudyData, second: StudyData): Beside["facts"] {
  const [own, other] = [factTexts(first), factTexts(second)];
  return (Object.keys(own) as BesideFact[]).map((fact) => ({
    ...{ fact, first: own[fact], second: other[fact], same: own[fact] === other[fact] },
  }));
}

function factTexts({ facts }: StudyData): Record<BesideFact, string> {
  const { about, declared, groups, study } = facts;
  const { estimate, test } = declared.analysis;
  return {
    ...{ question: about.question, options: about.options.join(" / "), guidelines: about.guidelines ?? "" },
    ...{ estimate, test, state: study.state },
    groups: groups
      .map(
        ({ name, kind, headline }) =>
          `${name} (${kind}${headline || kind === "model" ? "" : ", outside the headline"})`,
      )
      .join(", "),
  };
}

function sharedAnnotators(first: StudyData, second: StudyData): number {
  const judging = ({ annotators, rows }: StudyData) => {
    const judged = new Set(rows.annotator);
    return annotators.filter(({ isUnnamed }, code) => !isUnnamed && judged.has(code)).map(({ name }) => name);
  };
  const names = new Set(judging(first));
  return judging(second).filter((name) => names.has(name)).length;
}

/** The strengths of the systems that are ranked in both studies, in the order of the first. */
function rankingBeside(first: StudyData, second: StudyData): Beside["ranking"] {
  const [own, other] = [rankedByName(first), rankedByName(second)];
  for (const one of [own, other]) if ("notEstimable" in one) return one;
  if ("notEstimable" in own || "notEstimable" in other) return { notEstimable: REASONS.noJudgments };
  const shared = [...own.systems].filter(([name]) => other.systems.has(name));
  if (shared.length < 2) return { notEstimable: REASONS.noSharedSystems };
  const systems = shared.map(([name, { label, rank, score }]) => {
    const { rank: otherRank, score: otherScore } = other.systems.get(name)!;
    return { system: label, first: { rank, score }, second: { rank: otherRank, score: otherScore } };
  });
  const scores = (side: "first" | "second") => Float64Array.from(systems, (one) => one[side].score);
  const tau = systems.length < RANKED_LEAST ? null : kendallTauB(scores("first"), scores("second"));
  return { systems, kendallTauB: tau };
}

function rankedByName(data: StudyData) {
  const { groups } = data.facts; // of people alone: the rankings of single models would take longer than all else
  const people = onlyRows(data, ({ group }, i) => groups[group[i]!]!.kind !== "model");
  const { bradleyTerry } = rankingOf(people);
  if ("notEstimable" in bradleyTerry) return bradleyTerry;
  const nameOf = new Map(data.facts.systems.map(({ label, name }) => [label, name]));
  const systems = bradleyTerry.systems.map(
    ({ system, rank, score }) => [nameOf.get(system)!, { label: system, rank, score }] as const,
  );
  return { systems: new Map(systems) };
}
