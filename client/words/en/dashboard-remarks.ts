import type { Breaks } from "../../../server/contract/pace.ts";
import { counted } from "./counted.ts";

/** Of the dashboard: what annotators say besides a choice. */
export const remarks = {
  messages: {
    title: "Messages from annotators",
    extent: (messages: number, waiting: number) =>
      messages === 0
        ? "Nobody has written to you yet."
        : `${counted(messages, "message")}. ${waiting === 0 ? "All are answered." : `${counted(waiting, "annotator")} without an answer.`}`,
    isWaiting: "no answer yet",
    you: "You",
    answerTo: (annotator: string) => `Your answer to ${annotator}`,
    send: "Send the answer",
    guesses: (count: number) => `Could they tell the systems? ${counted(count, "annotator")} answered`,
    couldTell: { yes: "yes, mostly", some: "sometimes", no: "no" },
  },

  remarks: {
    title: "Besides a choice",
    comments: {
      optional: "A comment may be written with every answer.",
      required: "A comment is needed with every choice.",
    },
    commentsFor: (choices: string[]) => `A comment is needed with: ${choices.join(", ")}.`,
    flags: (names: string[]) => `What can be flagged: ${names.join(", ")}.`,
    messages: "Annotators can write to you from their page.",
    breaks: (breaks: Breaks) =>
      `Annotators are offered a break after every ${
        "everyPairs" in breaks
          ? counted(breaks.everyPairs, "pair")
          : `${counted(breaks.everyMinutes, "minute")} of judging`
      }.`,
    copyButtons: "Each answer has a button that copies it.",
    guess: "At the end, annotators are asked whether they could tell which system wrote which response.",
  },
};
