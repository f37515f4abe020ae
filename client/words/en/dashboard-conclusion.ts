import type { Looks } from "../../../server/contract/looks.ts";
import { decimal, listed, percent } from "../../../server/report-document/numbers.ts";

/** The words about what a study concludes, and how, on the dashboard. */
export const conclusion = {
  title: "Conclusion",
  change: "Change what is concluded",
  tests: {
    tTest:
      "Conclusions are about annotators like these, by the t test; with a model or one or two annotators about these, by the permutation test.",
    permutationTest: "Conclusions are about these annotators alone, by the permutation test.",
    signTest: "Conclusions are about these annotators alone, by the sign test on prompts.",
  },
  noMargin: "No margin: only differences are tested.",
  withMargin: (margin: number) =>
    `Win rates (ties count ½) from ${decimal(0.5 - margin)} to ${decimal(0.5 + margin)} are as good as even: non-inferiority and equivalence are tested.`,
  noLooks: "No look before the end: until then the report has no p value and no verdict.",
  withLooks: ({ at, spending }: Looks) =>
    `Looks at ${listed(at.map((share) => percent(share)))} of the planned judgments and at the end; the error is spent ${
      {
        obrienFleming: "little at first (O’Brien and Fleming’s type)",
        pocock: "about evenly (Pocock’s type)",
      }[spending]
    }.`,
  about: "Conclusions are about",
  abouts: {
    tTest: "annotators like these (t test)",
    permutationTest: "these annotators (permutation test)",
    signTest: "these annotators (sign test)",
  },
  margin: "Margin",
  marginMeans:
    "How far the win rate may be from .5 and still be as good as even, such as 0.05; the report then tests if the target is not worse by more, and if both are as good. Empty: none.",
  looks: "Looks before the end, %",
  looksMeans:
    "When one or two tests may be made early, in % of the planned judgments, such as 50 or 33, 67; all together err in 5 % of studies. Empty: none.",
  looksForm: "One or two numbers below 100, such as 50 or 33, 67",
  spending: "Error of the looks",
  spendings: {
    obrienFleming: "little at first (O’Brien–Fleming)",
    pocock: "about evenly (Pocock)",
  },
  save: "Save",
  saved: "The conclusion is changed.",
};
