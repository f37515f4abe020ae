import type { Signal } from "../../../server/contract/quality.ts";

/** The words of the annotator's page about how they work: they tell nobody off, as a rule may be wrong. */
export const quality = {
  language: "en",

  warning: {
    title: "A note on the last pairs",
    text: {
      gold: "In a few of them we expected another answer. Take all the time that you need, read both answers to the end, and look at the guidelines again if something is unclear.",
      attention:
        "A few of them said which choice to make, and we expected that one. It is easy to overlook: please read each prompt to its end.",
      repeats:
        "Your answers to pairs that were much alike differed. That can happen when both are close. Take all the time that you need.",
      speed:
        "They were answered faster than most people can read them. Take all the time that you need: there is no hurry.",
      straight:
        "You gave the same choice many times in a row. That may well be right. Please look at each pair anew.",
    } satisfies Record<Signal, string>,
    pay: "Nothing is lost: what you have answered is saved, and your pay does not depend on this.",
    understood: "Understood",
  },

  review: {
    title: "We are taking a break together",
    text: "A person is looking at the pairs so far before there are more. Some answers were not what we expected, which can have good reasons, such as a fault of ours.",
    pay: "Your answers are saved, and what you have done is paid as usual. The pairs that you hold are kept for you for a while.",
    asksAgain:
      "This page checks every minute whether it goes on. You may also close it and come back later with your link.",
    again: "Check now",
  },

  answer: {
    asks: "Is there anything that the researcher should know?",
    ofEnded: "If you think that this is a mistake, write to the researcher.",
    label: "Your message",
    send: "Send",
    sent: "Sent. You can write again; the newest message counts.",
    failed: "That did not work. Try again in a moment.",
  },
};
