import { counted, pSays } from "./results-numbers.ts";

const count = (value: number): string => value.toLocaleString("en-US");

/** The words of the table of annotators. */
export const annotators = {
  means:
    "How each annotator worked. Agreement: tie-discounted, with the others on the same comparisons. An outlier is one " +
    "whose choices are too unlike or too alike the others’ to be chance; nobody is left out for it unless a rule says so. " +
    "Thirds: of their own work, in its order.",
  caption: "Annotators",
  annotator: "Annotator",
  time: "Median active time",
  left: "Chose left",
  ties: "Ties",
  agreement: "Agreement with others",
  thirdsAgreement: "Agreement by thirds",
  thirdsSeconds: "Seconds by thirds",
  checks: "Checks passed",
  repeats: "Repeats alike",
  outlier: "Outlier",
  flagged: (p: number) => `⚑ outlier, ${pSays(p)}`,
  notFlagged: (p: number) => `no, ${pSays(p)}`,
  excluded: "Left out",
  nobody: "Nobody of this group has judged yet.",
  flags: (flagged: number, of: number) =>
    flagged === 0
      ? `None of ${counted(of, "annotator")} stands out.`
      : `${count(flagged)} of ${counted(of, "annotator")} ${flagged === 1 ? "stands" : "stand"} out; they come first.`,
};
