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
    title: "A short pause",
    text: "A person looks at the pairs judged so far before more are shown.",
    why: {
      gold: "In a few of them another answer was expected. That can have good reasons, such as a fault in the study.",
      attention:
        "A few of them said which choice to make, and another one was made. That is easy to overlook, and it can also be a fault in the study.",
      repeats:
        "Answers to pairs that were much alike differed. That happens when both answers are close, and it need not mean anything.",
      speed:
        "They were answered faster than most people read. Some people do read as fast, so a person looks first.",
      straight:
        "The same choice was made many times in a row. That may well be right, so a person looks first.",
    } satisfies Record<Signal, string>,
    pay: "Your answers are saved, and what you have done is paid as usual. The pairs that you hold are kept for you for a while.",
    asksAgain:
      "This page checks every minute whether it goes on. You may also close it and come back later with your link.",
    again: "Check now",
  },

  signs: {
    title: "One more question",
    asks: "May this page note at which pairs you leave it and come back, or copy a text? The researchers want to know whether answers come from people or from chatbots. They also compare your answers with those of models.",
    free: "You are free to say no: your work and your pay stay the same. Nothing else about what you do on your device is noted.",
    agree: "Yes, note it",
    decline: "No",
  },

  answer: {
    asks: "Is there anything that the researcher should know?",
    ofEnded: "If you think that this is a mistake, write to the researcher.",
    label: "Your message",
    send: "Send",
    sent: "Sent. You can write again; the newest message counts.",
    failed: "That did not work. Try again in a moment.",
  },

  elsewhere: {
    answered:
      "You had already answered that pair on another device or in another tab. The answer given there counts.",
    title: "You answered a pair twice",
    stands:
      "You had already answered this pair on another device or in another tab. The answer given there counts, unless you change it.",
    there: "Given there",
    here: "Given here",
    look: "To see the pair again, use “Go back”.",
    keep: "Keep the answer given there",
    change: "Use the answer given here",
  },
};
