import type { SkipReason } from "../../../server/contract/words.ts";

const number = (count: number): string => count.toLocaleString("en-US");

/** `1 answer`, `3 answers`. */
const answers = (count: number): string => (count === 1 ? "1 answer" : `${number(count)} answers`);

const seconds = (count: number): string => (count === 1 ? "second" : `${number(count)} seconds`);

/** The words of the annotator's page. */
export const annotator = {
  language: "en",
  brand: "Tiebreak",
  tabTitle: (title: string) => `${title} – Tiebreak`,

  progress: (judged: number, of: number) => `${number(judged)} of ${number(of)}`,
  progressLabel: (judged: number, of: number) => `${number(judged)} of ${number(of)} pairs judged`,
  waiting: {
    saved: "✓ saved",
    saving: "saving…",
    offline: (count: number) => `${number(count)} waiting: offline`,
    offlineNone: "offline",
    serverAway: (count: number) => `${number(count)} waiting: trying again`,
    serverAwayNone: "trying again",
    onlyHere: "This browser keeps nothing. Leave the page open until it says “saved”.",
  },
  takenOver: "That pair was taken over meanwhile. Your answer is kept.",
  refused: (message: string) => `One answer was not accepted and does not count. ${message}`,
  refusedChange: (message: string) => `One change of an earlier answer was not accepted. ${message}`,
  understood: "Understood",

  reading: "Text size and letters",
  readingShort: "Aa",
  textSize: "Text size",
  smaller: "Smaller",
  larger: "Larger",
  sizePercent: (percent: number) => `${number(percent)} %`,
  face: "Letters",
  serif: "With serifs",
  sans: "Without serifs",
  keysTitle: "Keys",
  keysSwitch: "Choose with 1, 2, 3 or A, N, B, and go back with ⌫",
  questionLanguage: "Language of the question",
  guidelines: "Guidelines",
  close: "Close",

  prompt: "Prompt",
  turn: (turn: number) => `Prompt, turn ${number(turn)}`,
  lastTurn: (turn: number) => `Prompt, turn ${number(turn)}: judge the answers to this one`,
  ofTurn: (turn: number) => `, turn ${number(turn)}`,
  showWholePrompt: "Show all of it",
  foldPrompt: "Show less",
  left: "Answer A",
  right: "Answer B",
  jumpToLeft: "To answer A ↑",
  jumpToRight: "To answer B ↓",
  emptyAnswer: "This answer is empty.",
  nextPair: (judged: number, of: number) => `A new pair. ${number(judged)} of ${number(of)} judged.`,
  earlierPair: (choice: string) => `An earlier pair. You chose: ${choice}`,
  earlierSkipped: (reason: string) => `An earlier pair. You could not judge it: ${reason}`,

  choices: "Your choice",
  keySigns: { left: "1", tie: "2", right: "3" },
  keyShortcuts: { left: "1 A ArrowLeft", tie: "2 N", right: "3 B ArrowRight" },
  keys: { left: "Keys: 1, A or ←", tie: "Keys: 2 or N", right: "Keys: 3, B or →" },
  asleep: {
    both: "Look at both answers first.",
    left: "Look at answer A first.",
    right: "Look at answer B first.",
    reading: "Close the text settings first.",
    guidelines: "Close the guidelines first.",
    cannot: "Give a reason, or go back to the choices.",
  },
  cannot: {
    button: "I cannot judge this",
    why: "Why can you not judge this pair?",
    reasons: {
      language: "I do not know the language",
      unreadable: "It is broken or cannot be read",
      missing: "A picture or an attachment is missing",
      offensive: "It is offensive",
      other: "Another reason",
    } satisfies Record<SkipReason, string>,
    back: "Back to the choices",
  },
  chosen: "your choice",
  goBack: "Go back",
  goBackKey: "Key: ⌫",
  goForward: "Forward",
  noEarlier: "This is the first one.",
  earlierNeedsNetwork: "Earlier pairs cannot be fetched just now.",
  noMoreChanges: "Earlier answers can no longer be changed.",
  changeOrLeave: "This is an earlier pair. Choose again to change your answer, or go forward.",

  states: {
    fetching: "Fetching pairs…",
    wait: {
      title: "Nothing is free just now",
      text: "Others are working on the remaining pairs. Some of them may become free for you.",
      next: "Leave this page open, or come back later by your link.",
    },
    done: {
      title: "That was all. Thank you",
      text: "There are no more for you.",
      next: "You may close this page. As long as the study runs you can go back and change an answer.",
    },
    noneLeft: {
      title: "Nothing is left to judge",
      text: "There are no more pairs for you.",
      next: "You may close this page.",
    },
    paused: {
      title: "The study is paused",
      text: "No pairs are handed out at the moment.",
      next: "Leave this page open, or come back later by your link.",
    },
    closed: {
      title: "The study is closed",
      text: "No more answers are needed. Thank you for your work.",
      next: "You may close this page.",
    },
    ended: {
      title: "Your part in this study is over",
      text: "You are given no more pairs. What you answered is kept. Thank you for your time.",
      next: "You may close this page. If you have a question, ask the person who sent you the link.",
    },
    youJudged: (count: number) => `You judged ${count === 1 ? "1 pair" : `${number(count)} pairs`}.`,
    allSaved: "Everything is saved.",
    asksAgain: (every: number) => `This page asks again by itself every ${seconds(every)}.`,
    stillWaiting: (count: number) =>
      `${answers(count)} ${count === 1 ? "is" : "are"} still on the way. Keep this page open until it says “saved”.`,
    offline: {
      title: "You have judged all that is here",
      text: "The server cannot be reached. More pairs are fetched as soon as it can be.",
    },
    offlineAtStart: {
      title: "The server cannot be reached",
      text: "Check your network. This page tries again by itself.",
    },
    away: {
      title: "The server is busy",
      text: "It does not answer properly just now. This page tries again by itself.",
    },
    linkNotValid: {
      title: "This link is not valid",
      text: "Check that all of it was copied. If it was, ask the person who sent it for a new one.",
    },
    linkGone: {
      title: "This link is no longer valid",
      text: "Answers can no longer be saved with it. Ask the person who sent it for a new one.",
    },
    linkRevoked: {
      title: "Your link has ended. Thank you",
      text:
        "The person who gave it to you has taken it back. All answers that were saved stay, and nothing more is asked of you. " +
        "If you think that this is a mistake, tell that person: they can make this link work again.",
    },
    unsaved: (count: number) =>
      `${answers(count)} could not be saved. ${count === 1 ? "It stays" : "They stay"} in this browser.`,
    noLink: {
      title: "Open this page by your own link",
      text: "The link that you were sent ends in a long row of letters and digits. Open all of it again.",
    },
    tryAgain: "Try again now",
  },

  join: {
    how: "Each time you see a prompt and two answers, A and B, and choose one of three:",
    storedTitle: "What is kept",
    stored:
      "Your choices, when you made them and how long you looked are kept under a number, not under your name. " +
      "This browser keeps the pairs and your answers so that nothing is lost; there are no cookies.",
    start: "Start",
    starting: "Starting…",
    full: {
      title: "Nothing is left to judge",
      text: "Every pair of this study is judged. There is nothing for you to do. Thank you for coming.",
    },
    taken: {
      title: "Nothing is free just now",
      text: "Others are working on the remaining pairs. Some may become free: come back later by the same link.",
    },
    paused: {
      title: "The study is paused",
      text: "No pairs are handed out at the moment. Come back later by the same link.",
    },
    closed: {
      title: "The study is closed",
      text: "No more answers are needed. Thank you for coming.",
    },
    failed: (message: string) => `That did not work. ${message}`,
    offline: "The server cannot be reached. Try again in a moment.",
    yourLink: "Your own link",
    yourLinkText:
      "Keep this link: it brings you back to where you were, on any device. Whoever has it can answer in your place.",
    copy: "Copy link",
    copied: "Copied",
    copyByHand: "The link is selected. Copy it with the keyboard or the menu.",
    goOn: "Go on to the first pair",
    ended: {
      title: "This invitation has ended",
      text: "Nobody can start by this link any more. If you started before, go on by your own link.",
    },
    wasHere: "You started here before, in this browser.",
    comeBack: "Go on where you were",
    startAnew: "Start as another person",
  },
};
