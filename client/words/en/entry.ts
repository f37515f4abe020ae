import type { EntryStage } from "../../../server/contract/words.ts";
import { counted } from "./counted.ts";

/** The words of what comes before an annotator's first pair. */
export const entry = {
  steps: "Before the first pair",
  stages: {
    information: "About this study",
    consent: "Consent",
    questions: "About you",
    practice: "Practice",
    qualification: "Test",
  } satisfies Record<EntryStage, string>,
  continue: "Continue",
  sending: "Sending…",

  information: {
    howMuch: "How much and how long",
    asked: (pairs: number) => `You are asked to judge ${counted(pairs, "pair")} of answers.`,
    atMost: (pairs: number) =>
      `There are up to ${counted(pairs, "pair")} of answers. Judge as many as you like.`,
    measured: (minutes: number) =>
      `At the pace of others it takes about ${counted(minutes, "minute")} in all.`,
    fromLength: (minutes: number) =>
      `It takes about ${counted(minutes, "minute")} in all, estimated from the length of the texts.`,
    pay: "Pay",
    warning: "Please note",
    stored: "What is stored",
    storedAlways:
      "Your choices, when you made them, how long you looked, the language, the layout of the page and the kind of device are stored under a number, not under your name.",
    stop: "Stopping",
    stopDefault:
      "You may stop at any time: use “Leave this study” at the end of the page. What you have answered counts.",
    contact: "Who runs this study",
  },

  consent: {
    isNew: "The text has changed since you agreed. Please read it again before the next pair.",
    statements: "Please tick each statement",
    agree: "I agree",
    refuse: "I do not agree",
    missing: "To agree, tick every statement.",
    readAgain: "Read it again",
    version: (version: string) => `Version ${version}`,
  },

  questions: {
    why: "Your answers are stored separately from your choices and appear in no report.",
    required: "required",
    decline: "Prefer not to say",
    severalHint: "You may choose more than one.",
    range: (min: number | undefined, max: number | undefined) =>
      min === undefined
        ? max === undefined
          ? "A number"
          : `A number up to ${max}`
        : max === undefined
          ? `A number from ${min}`
          : `A number from ${min} to ${max}`,
    send: "Save and continue",
    missing: "Answer each question that is marked as required.",
  },

  practice: {
    number: (number: number, of: number) => `Practice pair ${number} of ${of}`,
    why: "Your answers here do not count: after each you see what was expected, and why.",
    again: "The practice begins again before your next try of the test.",
    right: "As expected",
    wrong: "Another answer was expected",
    chosen: (choice: string) => `You chose: ${choice}`,
    expected: (choices: readonly string[]) => `Expected: ${choices.join(", or: ")}`,
    next: "Next pair",
    done: "Continue",
  },

  qualification: {
    number: (number: number, of: number) => `Test pair ${number} of ${of}`,
    mark: (pass: number, of: number) =>
      `To go on, judge at least ${pass} of ${counted(of, "pair")} as expected.`,
    tries: (attempt: number, tries: number) => `Try ${attempt} of ${tries}.`,
    again: "You did not pass the test. You may try it again.",
  },

  begin: {
    title: "The real pairs begin now",
    passed: (right: number, of: number) => `You passed the test: you judged ${right} of ${of} as expected.`,
    counts: "From here on your answers count, and nothing is expected but your own view.",
    button: "Start judging",
  },
};
