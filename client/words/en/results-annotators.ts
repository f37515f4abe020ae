import type { AnnotatorFigures, AnnotatorRule } from "../../../server/contract/report-annotators.ts";
import { counted, decimal, list, percent, pSays } from "./results-numbers.ts";

const count = (value: number): string => value.toLocaleString("en-US");

type Told = Required<AnnotatorFigures>;

const share = (of: Told["left"]): string =>
  "rate" in of ? `${percent(of.rate)} [${percent(of.low)}, ${percent(of.high)}]` : "";

/** The words of the table of annotators. */
export const annotators = {
  means:
    "How each annotator worked. Agreement: tie-discounted, with the others on the same comparisons. By chance: what it would be, " +
    "were their own answers dealt anew over these comparisons; p is how often such a deal agrees as well, so that small is better " +
    "than chance. Who stands out is worth a look; nobody is left out for it unless somebody says so. Thirds: of their own work, " +
    "in its order.",
  caption: "Annotators",
  annotator: "Annotator",
  time: "Median active time",
  fast: "Under 2 s",
  left: "Chose left",
  ties: "Ties",
  agreement: "Agreement with others",
  chance: "By chance",
  p: "p",
  standsOut: "Stands out",
  thirdsAgreement: "Agreement by thirds",
  thirdsSeconds: "Seconds by thirds",
  checks: "Checks passed",
  repeats: "Repeats alike",
  outlier: "Outlier",
  flagged: (p: number) => `⚑ outlier, ${pSays(p)}`,
  notFlagged: (p: number) => `no, ${pSays(p)}`,
  excluded: "Left out",
  nobody: "Nobody of this group has judged yet.",
  flags: (flagged: number, of: number, isSure: boolean) =>
    flagged > 0
      ? `${count(flagged)} of ${counted(of, "annotator")} ${flagged === 1 ? "stands" : "stand"} out; they come first.`
      : isSure
        ? `None of ${counted(of, "annotator")} stands out.`
        : `Of ${counted(of, "annotator")} nobody is pointed out.`,
  noneTold: (judgments: number, annotators: number) =>
    `With ${counted(judgments, "judgment")}${annotators === 1 ? "" : " or fewer each"} nobody could be told from chance.`,
  unknown: (gaps: string[]) => `Too little is known to look at ${list(gaps)}.`,
  gaps: {
    chance: (of: number) => `the agreement of ${count(of)}`,
    speed: (of: number) => `the speed of ${count(of)}`,
    side: (of: number) => `the sides of ${count(of)}`,
    answer: (of: number) => `the answers of ${count(of)}`,
    checks: (of: number) => `the checks of ${count(of)}`,
  } satisfies Record<AnnotatorRule, (of: number) => string>,
  reasons: {
    chance: ({ againstChance: of }) =>
      "p" in of
        ? `not shown to be better than chance: ${decimal(of.agreement)}, by chance ${decimal(of.chance)} (${pSays(of.p)})`
        : "",
    speed: ({ fast }) => `fast: ${share(fast)} in less than 2 s`,
    side: ({ left }) => `one side: ${share(left)} left`,
    answer: ({ oneAnswer: of }) =>
      "answer" in of ? `one answer: a ${of.answer} in ${share(of)}, the others ${percent(of.others)}` : "",
    checks: ({ checks }) => `checks failed: ${count(checks.passed)} of ${count(checks.of)} passed`,
  } satisfies Record<AnnotatorRule, (one: Told) => string>,
};
