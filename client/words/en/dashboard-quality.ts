import type { Consequence } from "../../../server/contract/quality.ts";
import {
  agreementSays,
  minimumTimeSays,
  repeatsSay,
  ruleSays,
  seenSays,
  SIGNAL_WORDS,
  SIGNS_SAY,
  thenSays,
} from "../../../server/report-document/rule-words.ts";
import { counted } from "./counted.ts";

/** The words about rules and reviews, on the dashboard. */
export const quality = {
  rules: "Rules",
  rule: ruleSays,
  then: thenSays,
  repeats: repeatsSay,
  minimumTime: minimumTimeSays,
  waiting: (people: number) =>
    people === 0
      ? "Nobody is waiting for a decision."
      : `${counted(people, "annotator")} ${people === 1 ? "waits" : "wait"} for your decision and ${people === 1 ? "gets" : "get"} no pairs meanwhile.`,
  reviewOf: (annotator: string) => `Decision about ${annotator}`,
  because: SIGNAL_WORDS,
  asksEnd: "The rule proposes to end their part.",
  wrote: "They wrote:",
  since: (time: string) => `since ${time}`,
  goOn: "Let them go on",
  end: "End their part",
  reason: "Reason, kept with the decision",
  endMeans:
    "They get no more pairs, and those that they hold go to others. What they judged stays in the figures and is paid. You can undo this.",
  endNow: "End it now",
  notNow: "Not now",
  decided: "Decided",
  decision: { end: "ended", "go on": "goes on" },
  undo: "Undo: let them go on",
  found: "Found by rules",
  nothingFound: "Nothing so far.",
  annotator: "Annotator",
  what: "What was seen",
  followed: "What followed",
  when: "When",
  took: {
    note: "noted",
    warn: "warned",
    pause: "paused",
    end: "paused, end proposed",
  } satisfies Record<Consequence, string>,
  read: "read",
  seen: seenSays,
  signs: {
    title: "Signs of a chatbot",
    set: SIGNS_SAY,
    means:
      "Noted of annotators who agreed to it. None of these proves anything, and nothing follows by itself: talk to people before you decide.",
    none: "Nobody has agreed yet.",
    left: "Left the page",
    copied: "Copied a text",
    agreement: "Agreement with a model",
    of: (pairs: number, of: number) => `at ${pairs.toLocaleString("en-US")} of ${counted(of, "pair")}`,
    unknown: "cannot be told yet",
    agrees: agreementSays,
  },
  capped: "has paused as many people as it may: from now on it only notes.",
};
