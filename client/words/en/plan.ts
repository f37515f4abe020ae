/** The words of the planning page. */
export const plan = {
  title: "How many judgments does it take?",
  intro:
    "Say what you expect; the rest follows. The half-tie rate counts a win 1 and a tie one half: 0.5 means that neither system is better.",
  fields: {
    rate: {
      label: "Half-tie rate to find",
      help: "The smallest difference that would matter to you. Leave it empty to ask what your prompts can find.",
    },
    prompts: { label: "Prompts you have", help: "Leave it empty to ask how many are needed." },
    judgments: { label: "Judgments of each prompt", help: "By different annotators." },
    ties: { label: "Share of ties", help: "In the LIMA study it was about 0.22." },
    correlation: {
      label: "How alike two judgments of a prompt are",
      help: "0: each tells something new. 1: all say the same. About 0.3 in a crowd, 0.6 where people agree well.",
    },
    power: { label: "Chance of finding it", help: "If the difference is really there. 0.8 is usual." },
  },
  answer: {
    prompts: (prompts: string, judgments: string) =>
      `${prompts} prompts, ${judgments} judgments in all for each baseline.`,
    smallest: (high: string, low: string) =>
      `These prompts find a half-tie rate of ${high} or more, or of ${low} or less.`,
    power: (share: string) => `The chance of finding it is ${share}.`,
    worth: (count: string) =>
      `Judgments of one prompt partly repeat each other: together they are worth ${count} independent ones.`,
    assumes:
      "For a two-sided test at 5 %, and for many annotators, 20 or more: with few, the interval that holds for others " +
      "like them is wider. Where annotators differ much from each other it takes more.",
  },
  empty: "Give a rate, or a number of prompts.",
  unreachable: "The server cannot be reached just now. Try again.",
  atTerminal: "The same at a terminal:",
  number: (count: number) => Math.round(count).toLocaleString("en-US"),
  share: (value: number) => value.toFixed(3),
  percent: (value: number) => `${(value * 100).toFixed(0)} %`,
};
