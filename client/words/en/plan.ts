/** The words of the planning page. */
export const plan = {
  language: "en",
  tabTitle: "Plan a study – Tiebreak",
  title: "How many judgments does it take?",
  intro:
    "Enter what you expect. The half-tie rate is the win rate with ties counted ½: 0.5 means that neither system is better.",
  fields: {
    rate: {
      label: "Half-tie rate to detect",
      help: "The smallest difference that would matter to you. Leave empty to compute what your prompts can detect.",
    },
    prompts: { label: "Prompts you have", help: "Leave empty to compute how many are needed." },
    judgments: { label: "Judgments per prompt", help: "By different annotators." },
    annotators: {
      label: "Annotators",
      help: "How many people share the judgments. Leave empty for 20 or more.",
    },
    ties: { label: "Share of ties", help: "In the LIMA study it was about 0.22." },
    correlation: {
      label: "Correlation of two judgments of a prompt",
      help: "0: independent. 1: always the same. About 0.3 in a crowd, 0.6 where people agree well.",
    },
    power: { label: "Power", help: "The chance of detecting the difference if it exists. 0.8 is usual." },
  },
  answer: {
    prompts: (prompts: string, judgments: string) =>
      `${prompts} prompts, ${judgments} judgments in total per baseline.`,
    smallest: (high: string, low: string) =>
      `These prompts detect a half-tie rate of ${high} or more, or of ${low} or less.`,
    power: (share: string) => `The power is ${share}.`,
    worth: (count: string) =>
      `Judgments of one prompt are correlated: together they are worth ${count} independent ones.`,
    assumes: (annotators: number | undefined) =>
      (annotators === undefined
        ? "For a two-sided test at 5 %, and for 20 annotators or more: with fewer, the interval that generalises to others " +
          "like them is wider. "
        : `For a two-sided test at 5 %, with the interval that generalises to others like these ${annotators} annotators. `) +
      "If annotators differ much from each other, it takes more.",
  },
  empty: "Enter a rate, a number of prompts, or both.",
  unreachable: "The server cannot be reached. Try again.",
  atTerminal: "The same on the command line:",
  number: (count: number) => Math.round(count).toLocaleString("en-US"),
  share: (value: number) => value.toFixed(3),
  percent: (value: number) => `${(value * 100).toFixed(0)} %`,
};
