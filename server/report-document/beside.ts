import type { Beside, BesideFact, BesidePair } from "../contract/beside.ts";
import { estimateCell, none, number, orNone, whole } from "./cells.ts";
import { guide, list, paragraph, type Part, type Section, tablePart } from "./document.ts";
import { counted, decimal, interval, listed, pText } from "./numbers.ts";
import { tableOf } from "./tables.ts";
import { ALL_PEOPLE } from "./words.ts";

/* Two studies side by side, before it is written: for the page and the command line. */

type Shown = Pick<Section, "title" | "parts">;

/** The title of the whole, and its sections: what can be said, the pairs, the ranking, and what the studies have in common. */
export function besideDocument(beside: Beside): { title: string; sections: Shown[] } {
  const { first, second } = beside;
  return {
    title: `${first.study} and ${second.study}`,
    sections: [
      { title: "What can be said", parts: [list([...findings(beside), ...cautions(beside)])] },
      { title: "Pairs that both studies have", parts: pairsParts(beside) },
      { title: "Ranking", parts: rankingParts(beside) },
      { title: "What the studies have in common", parts: commonParts(beside) },
    ],
  };
}

/** A difference is stated only where a test supports it after the correction for all pairs. */
const LEVEL = 0.05;

function findings({ pairs, first, second, interim }: Beside): string[] {
  const people = pairs.filter(({ group }) => group === null);
  if (people.length === 0) return ["People judged no pair of systems in both studies."];
  if (interim)
    return ["A study still waits for its planned judgments: no difference is tested before they are there."];
  const found = people.flatMap(({ system, against, difference, pHolm }) => {
    if (pHolm === null || pHolm > LEVEL || !("low" in difference)) return [];
    const { value, low, high } = difference;
    const way = value > 0 ? "higher" : "lower";
    const ends = interval([low, high], "signed");
    return `The rate of ${system} against ${against} is ${way} in ${first.study} than in ${second.study}, by ${decimal(Math.abs(value))} (difference ${ends}, p ${pText(pHolm)}).`;
  });
  const others = people.length - found.length;
  if (found.length === 0)
    return [
      "For no pair is a difference between the studies significant. That does not show that there is none.",
    ];
  return others === 0
    ? found
    : [
        ...found,
        `For ${counted(others, "other pair")} no difference is significant, which does not show that there is none.`,
      ];
}

/** What stands between a difference and its reading as one of the systems. */
function cautions(beside: Beside): string[] {
  const differs = (fact: BesideFact) => beside.facts.some((one) => one.fact === fact && !one.same);
  const { prompts, responses, onlyFirst, onlySecond, first, second } = beside;
  const other = responses.compared - responses.same;
  const asked = (["question", "options", "guidelines"] as const).filter(differs);
  return [
    ...(asked.length > 0
      ? [
          `The studies differ in their ${listed(asked.map((fact) => FACT_WORDS[fact]))}: a difference may be due to that.`,
        ]
      : []),
    ...(differs("groups")
      ? ["The groups of annotators differ: a difference may be one between the people."]
      : []),
    ...(prompts.shared === 0 ? ["They share no prompt: a difference may be one between the prompts."] : []),
    ...(prompts.otherText > 0
      ? [
          `${counted(prompts.otherText, "prompt")} of the same name ${prompts.otherText === 1 ? "has" : "have"} different texts, and count as different prompts.`,
        ]
      : []),
    ...(other > 0
      ? [
          `${counted(other, "response")} of ${responses.compared} to shared prompts by systems of the same name ${other === 1 ? "has" : "have"} another text: those systems did not answer the same.`,
        ]
      : []),
    ...(differs("estimate")
      ? ["They declare different rates: both are shown as means over prompts here."]
      : []),
    ...onlyIn(onlyFirst, first.study),
    ...onlyIn(onlySecond, second.study),
  ];
}

const onlyIn = (systems: readonly string[], study: string): string[] =>
  systems.length === 0 ? [] : [`Only in ${study}, and compared with nothing here: ${listed(systems)}.`];

function pairsParts({ pairs, first, second, estimate }: Beside): Part[] {
  if (pairs.length === 0) return [paragraph("No pair of systems was judged in both studies.")];
  const nameOf = ({ system, against, group }: BesidePair) =>
    `${system} against ${against}, ${group ?? ALL_PEOPLE}`;
  const rates = tableOf<BesidePair>({
    ...{ key: "beside-rates", caption: `Half-tie rate, ${DECLARED_WORDS[estimate]!}, in both studies` },
    ...{ first: "pair, annotators", rows: pairs, name: nameOf },
    columns: [
      { label: `n, ${first.study}`, cell: (pair) => whole(pair.first.judgments) },
      { label: first.study, cell: (pair) => estimateCell(pair.first.rate) },
      { label: `n, ${second.study}`, cell: (pair) => whole(pair.second.judgments) },
      { label: second.study, cell: (pair) => estimateCell(pair.second.rate) },
    ],
  });
  const differences = tableOf<BesidePair>({
    ...{ key: "beside-differences", caption: `Difference: ${first.study} less ${second.study}` },
    ...{ first: "pair, annotators", rows: pairs, name: nameOf },
    columns: [
      { label: "difference", cell: (pair) => estimateCell(pair.difference, "signed") },
      { label: "shared prompts", cell: (pair) => whole(pair.sharedPrompts) },
      {
        label: "on shared prompts",
        cell: ({ onSharedPrompts: on }) => (on === null ? NOT_APART : estimateCell(on, "signed")),
      },
      { label: "p (Holm)", cell: ({ pHolm }) => (pHolm === null ? NOT_TESTED : number(pHolm, "p")) },
    ],
  });
  return [guide(HOW_TO_READ), tablePart(rates), tablePart(differences)];
}

const NOT_APART = none("all prompts of the pair are shared, or none is");
const NOT_TESTED = none("tested for all people alone, once the planned judgments are there");

const HOW_TO_READ =
  "An interval of a difference that leaves 0 out speaks of two different rates. What prompts and annotators of the same name have in common cancels in it.";

function rankingParts({ ranking, first, second }: Beside): Part[] {
  if ("notEstimable" in ranking) return [paragraph(`Not compared: ${ranking.notEstimable}.`)];
  const { systems, kendallTauB } = ranking;
  const placed = (of: (one: (typeof systems)[number]) => { rank: number | null; score: number }) => [
    {
      label: "rank",
      cell: (one: (typeof systems)[number]) => orNone(of(one).rank, "no interval", whole),
    },
    { label: "score", cell: (one: (typeof systems)[number]) => number(of(one).score, "score") },
  ];
  const labelled = (study: string, columns: ReturnType<typeof placed>) =>
    columns.map(({ label, cell }) => ({ label: `${label}, ${study}`, cell }));
  const table = tableOf<(typeof systems)[number]>({
    ...{ key: "beside-ranking", caption: "Places and scores of the systems that both studies rank" },
    ...{ first: "system", rows: systems, name: ({ system }) => system },
    columns: [
      ...labelled(
        first.study,
        placed((one) => one.first),
      ),
      ...labelled(
        second.study,
        placed((one) => one.second),
      ),
    ],
  });
  const order =
    kendallTauB === null
      ? "Fewer than three systems are ranked in both: their orders are not compared."
      : `Kendall’s τ of the two orders: ${decimal(kendallTauB)}, from −1 (opposite) to 1 (the same), over ${counted(systems.length, "system")}.`;
  return [
    tablePart(table),
    paragraph(order),
    guide("A place is among all systems that a study ranks, shared or not."),
  ];
}

function commonParts({ facts, first, second, prompts, annotators, responses }: Beside): Part[] {
  const extent = ({ study, judgments, prompts: of, annotators: by }: Beside["first"]) =>
    `${study}: ${counted(judgments, "judgment")} of ${counted(of, "prompt")} by ${counted(by, "annotator")}.`;
  return [
    list([
      extent(first),
      extent(second),
      `In both: ${counted(prompts.shared, "prompt")} of the same name and text, ${counted(annotators.shared, "annotator")} of the same name.`,
      `Responses of shared systems to shared prompts: ${responses.compared}, of which ${responses.same} have the same text in both.`,
    ]),
    guide("What was asked and declared:"),
    list(facts.map((fact) => factText(fact, [first.study, second.study]))),
  ];
}

function factText(
  { fact, same, ...of }: Beside["facts"][number],
  studies: readonly [string, string],
): string {
  if (same) return `${FACT_WORDS[fact]}: the same`;
  const [own, other] = [of.first, of.second].map((text) => DECLARED_WORDS[text] ?? shortened(text));
  return `${FACT_WORDS[fact]}: ${studies[0]}: ${own}; ${studies[1]}: ${other}`;
}

/** What declared rates and tests are called. */
const DECLARED_WORDS: Readonly<Record<string, string>> = {
  halfTieRateByPrompt: "mean over prompts",
  halfTieRate: "mean over judgments",
  tTest: "t test",
  permutationTest: "permutation test",
  signTest: "sign test",
};

/** Signs of a declared text that are shown. */
const SHOWN_SIGNS = 200;

const shortened = (text: string): string =>
  text === "" ? "none" : text.length <= SHOWN_SIGNS ? text : `${text.slice(0, SHOWN_SIGNS)}…`;

const FACT_WORDS: Record<BesideFact, string> = {
  question: "question",
  options: "options",
  guidelines: "guidelines",
  estimate: "declared rate",
  test: "declared test",
  groups: "groups",
  state: "state",
};
