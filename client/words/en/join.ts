import { counted } from "./counted.ts";

/** The words of the page that an open link leads to. */
export const join = {
  how: (choices: number) =>
    `Each time you see a prompt and two answers, A and B, and choose one of ${choices === 4 ? "four" : "three"}:`,
  storedTitle: "What is stored",
  stored:
    "Your choices, when you made them, how long you looked, the language, the layout of the page and the kind of device are stored " +
    "under a number, not under your name. " +
    "This browser stores the pairs and your answers so that nothing is lost; there are no cookies.",
  start: "Start",
  starting: "Starting…",
  full: {
    title: "Nothing left to judge",
    text: "Every pair of this study has been judged. Thank you for coming.",
  },
  taken: {
    title: "No pairs available right now",
    text: "Others are working on the remaining pairs. Some may become available: come back later with the same link.",
  },
  paused: {
    title: "The study is paused",
    text: "No pairs are available at the moment. Come back later with the same link.",
  },
  closed: {
    title: "The study is closed",
    text: "No more answers are needed. Thank you for coming.",
  },
  crowded: {
    title: "Enough people have joined",
    text: "Nobody else can join at the moment. That may change: come back later with the same link.",
  },
  took_part: {
    title: "You have taken part before",
    text: "This study is for people who have not taken part in certain earlier studies, and you took part in one of them. Nothing has been stored.",
  },
  noParticipant: {
    title: "Open the study from its platform",
    text:
      "This study is for people who come from a crowd platform or a panel, and the address does not contain your participant id. " +
      "Go back to the study’s page there and open it again. Nothing has been stored.",
  },
  wrongParticipant: {
    title: "The address is not complete",
    text:
      "The address should contain the ids that the platform adds, but one is missing, repeated, changed, or of another study. " +
      "Go back to the study’s page there and open it again. If this page comes back, write to the researcher through " +
      "the platform. Nothing has been stored.",
  },
  preview:
    "This is a preview: a part of the address is still a placeholder, so nobody can start, and nothing is stored.",
  limit: (minutes: number, mayExtend: boolean) =>
    `From your start you have ${counted(minutes, "minute")} for all of it. ${
      mayExtend
        ? "This page warns you before they are over, and gives you more time if you ask for it."
        : "The platform sets this limit, so it cannot be extended here. This page warns you before it is over."
    }`,
  storedOfParticipant:
    "The ids that the platform put in your link are stored too, separately from your answers, so that you can continue " +
    "on any device and be paid. They never appear in the results.",
  decline: (platform: string) => `I do not want to take part: back to ${platform}`,
  declined: { title: "You have not started", text: "Nothing is stored." },
  yourLink: "Your own link",
  yourLinkText:
    "Keep this link: it brings you back to where you were, on any device. Anyone who has it can answer in your place.",
  copy: "Copy link",
  copyByHand: "The link is selected. Copy it with the keyboard or the menu.",
  goOn: "Continue to the first pair",
  continue: "Continue",
  ended: {
    title: "This invitation has ended",
    text: "This link can no longer be used to start. If you started before, continue with your own link.",
  },
  wasHere: "You started here before in this browser.",
  comeBack: "Continue where you left off",
  startAnew: "Start as another person",
};
