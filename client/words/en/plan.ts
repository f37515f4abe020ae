import { capital } from "../../../server/report-document/words.ts";
import {
  ABOUT,
  assumptions,
  detects,
  fromPilot,
  PILOT,
  QUANTITIES,
  size,
  takes,
} from "../../../server/planning/words/en.ts";

/** A quantity as a field: its name, and what it means. */
function field(name: keyof typeof QUANTITIES): { label: string; help: string } {
  const { label, means } = QUANTITIES[name];
  return { label: capital(label), help: `${capital(means)}.` };
}

/** The words of the planning page. */
export const plan = {
  language: "en",
  tabTitle: "Plan a study – Tiebreak",
  title: "How many judgments does it take?",
  intro: "Enter what you expect.",
  fields: {
    rate: field("rate"),
    prompts: field("prompts"),
    judgments: field("judgments"),
    annotators: field("annotators"),
    ties: field("ties"),
    correlation: field("correlation"),
    power: field("power"),
    annotatorCorrelation: field("annotatorCorrelation"),
    words: field("words"),
    readingSpeed: field("readingSpeed"),
    pay: field("pay"),
  },
  about: {
    label: capital(ABOUT.label),
    help: `${capital(ABOUT.means)}.`,
    choices: {
      "like-these": capital(ABOUT.choices["like-these"]),
      these: capital(ABOUT.choices.these),
    },
  },
  pilot: {
    label: capital(PILOT.label),
    help: "A study of yours that was judged: its ties and correlations are entered above. Only its owner can do this.",
    take: "Use its figures",
    taken: fromPilot,
  },
  answer: { size, detects, takes, assumptions },
  empty: "Enter a rate, a number of prompts, or both.",
  unreachable: "The server cannot be reached. Try again.",
  atTerminal: "The same on the command line:",
};
