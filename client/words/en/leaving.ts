import { counted } from "./counted.ts";

/** The words of leaving: to stop, to withdraw, to be erased. */
export const leaving = {
  title: "Leave this study",
  intro: "You may leave at any time and need not say why.",
  close: "Keep judging",
  back: "Back",
  working: "One moment…",
  offline: "The server cannot be reached. Nothing has changed. Try again in a moment.",
  gone: "This link is no longer valid. Nothing has changed.",

  stop: {
    button: "Stop for now",
    text: "Pairs that you have not judged go to others. What you have judged counts. Your link lets you continue later.",
    done: {
      title: "You stopped here. Thank you",
      text: "What you have judged counts. To continue, press the button, or open your link again.",
    },
    resume: "Continue judging",
  },
  stopForGood: {
    button: (platform: string) => `Stop and return to ${platform}`,
    text: "What you have judged counts. You will get no more pairs.",
    asks: "Stop here for good?",
    means: [
      "What you have judged counts.",
      "You will get no more pairs.",
      "You are paid for the part that you have done, as the study’s terms say.",
    ],
    confirm: "Stop here",
  },
  withdraw: {
    button: "Withdraw my judgments",
    text: "You stop, and none of your judgments is used.",
    asks: "Withdraw your judgments?",
    means: [
      "None of your judgments counts in any result. Others judge the pairs in your place.",
      "You will get no more pairs. This cannot be undone.",
      "Your pay does not depend on this: what you have done is paid in the same way.",
      "Your data is kept like everybody’s. To have it removed too, choose to erase it.",
    ],
    closed:
      "The study is closed and its results may be published. The researcher receives your request and decides.",
    confirm: "Withdraw my judgments",
    asked: "Your request is with the researcher. You need do nothing more.",
  },
  erase: {
    button: "Erase my data",
    text: "You stop, and nothing stays that ties the study to you.",
    asks: "Erase your data?",
    means: [
      "Your link, the ids from a platform and everything that you have written are deleted at once, here and in this browser.",
      "You will get no more pairs. This cannot be undone.",
    ],
    excluded: "None of your judgments counts in any result.",
    kept: "Your choices stay in the results, under a number that nothing ties to you: the study announced this.",
    pay: (platform: string) =>
      `Afterwards the study no longer knows who you are: return to ${platform} right away, so that you are paid.`,
    copies: "Backups and published results that were made before cannot be changed from here.",
    confirm: "Erase my data",
    done: {
      title: "Your data has been erased",
      text: "Nothing in this study can be traced to you any more. You may close this page.",
    },
  },

  kept: "What is kept about you, and for how long",
  keptTitle: "Your data",
  retention: (days: number) =>
    days === 0
      ? "Ids from a platform are erased as soon as the study has closed."
      : `Ids from a platform are erased ${counted(days, "day")} after the study has closed.`,
  contact: (contact: string) => `Questions? Write to: ${contact}`,
};
