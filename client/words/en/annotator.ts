const number = (count: number): string => count.toLocaleString("en-US");

/** `1 answer`, `3 answers`. */
const answers = (count: number): string => (count === 1 ? "1 answer" : `${number(count)} answers`);

const seconds = (count: number): string => (count === 1 ? "1 second" : `${number(count)} seconds`);

/** The words of the annotator's page. */
export const annotator = {
  language: "en",
  brand: "Tiebreak",
  tabTitle: (title: string) => `${title} – Tiebreak`,

  progress: (judged: number, of: number) => `${number(judged)} of ${number(of)}`,
  progressLabel: (judged: number, of: number) => `${number(judged)} of ${number(of)} pairs judged`,
  waiting: {
    saved: "saved",
    saving: "saving…",
    offline: (count: number) => `${number(count)} waiting: offline`,
    offlineNone: "offline",
    serverAway: (count: number) => `${number(count)} waiting: trying again`,
    onlyHere: "This browser keeps nothing: leave the page open until it says “saved”.",
  },
  takenOver: "That pair was taken over meanwhile. Your answer is kept.",
  refused: (message: string) => `One answer was not accepted and does not count. ${message}`,
  understood: "Understood",

  reading: "Reading",
  readingShort: "Aa",
  textSize: "Text size",
  smaller: "Smaller",
  larger: "Larger",
  sizePercent: (percent: number) => `${number(percent)} %`,
  face: "Letters",
  serif: "With serifs",
  sans: "Without serifs",
  guidelines: "Guidelines",
  close: "Close",

  pair: "Pair",
  prompt: "Prompt",
  showWholePrompt: "Show all of the prompt",
  foldPrompt: "Show less of the prompt",
  turn: (turn: number) => `Turn ${turn}`,
  promptOfTurn: (turn: number) => `Turn ${turn}: what was asked`,
  judgeThisTurn: "You judge the answers to this last turn.",
  left: "Answer A",
  right: "Answer B",
  jumpToLeft: "To answer A",
  jumpToRight: "To answer B",
  emptyAnswer: "This answer is empty.",
  nextPair: (judged: number, of: number) => `Next pair. ${number(judged)} of ${number(of)} judged.`,
  earlierPair: (choice: string) => `An earlier pair. You chose: ${choice}.`,

  choices: "Your choice",
  leftKey: "←",
  tieKey: "↓",
  rightKey: "→",
  keys: { left: "Left arrow, 1 or A", tie: "Down arrow, 2 or N", right: "Right arrow, 3 or B" },
  asleep: {
    both: "Look at both answers first.",
    left: "Look at answer A first.",
    right: "Look at answer B first.",
  },
  chosen: "your choice",
  goBack: "Go back",
  goForward: "Forward",
  backToNow: "To the newest pair",
  noEarlier: "There is nothing earlier.",
  earlierNeedsNetwork: "Earlier pairs need the network just now.",
  changeOrLeave: "This is an earlier pair. Choose again to change your answer, or go forward.",

  states: {
    opening: "Fetching your pairs…",
    wait: {
      title: "Nothing is free just now",
      text: "Other people hold the remaining pairs. Some may come back, so this page asks again by itself.",
      next: (count: number) => `Asks again in ${seconds(count)}.`,
    },
    fetching: {
      title: "Fetching the next pair",
      text: "It takes a moment longer than usual. This page goes on by itself.",
    },
    done: {
      title: "Thank you, that was all",
      text: "You have judged everything there was for you. You can still go back and change answers.",
      saved: "Everything is saved. You may close this page.",
    },
    paused: {
      title: "The study is paused",
      text: "Nothing is handed out just now. This page asks again by itself, and your link stays valid.",
    },
    closed: {
      title: "The study is closed",
      text: "No more answers are needed. Thank you for your work.",
    },
    stillWaiting: (count: number) =>
      `${answers(count)} ${count === 1 ? "is" : "are"} still on the way. Keep this page open until it says “saved”.`,
    offline: {
      title: "There is no network",
      text: "All pairs that were fetched are judged. This page fetches more as soon as there is a network again.",
    },
    away: {
      title: "The server does not answer",
      text: "This page tries again by itself. Your answers stay in this browser until they are saved.",
    },
    linkNotValid: {
      title: "This link is not valid",
      text: "Check that the whole link was copied. If it was, ask the person who sent it for a new one.",
    },
    linkGone: {
      title: "This link is no longer valid",
      text: "Answers can no longer be saved with it. Ask the person who sent it for a new one.",
      unsaved: (count: number) =>
        `${answers(count)} could not be saved. ${count === 1 ? "It stays" : "They stay"} in this browser for now.`,
    },
    noLink: {
      title: "Open this page by your own link",
      text: "The link that you were sent ends in a long row of letters and digits. Open it again, whole.",
    },
    tryAgain: "Try again now",
  },

  join: {
    question: "You will be asked",
    how: "Each time you see one prompt and two answers, A and B. You choose one of three:",
    storedTitle: "What is kept",
    stored:
      "Your choices, when you made them and how long you looked are kept with a number, not with your name. " +
      "This page sets no cookies; it keeps the pairs and your answers in this browser until they are saved.",
    start: "Start",
    starting: "Starting…",
    failed: (message: string) => `That did not work. ${message}`,
    offline: "The server cannot be reached. Try again in a moment.",
    yourLink: "Your own link",
    yourLinkText:
      "Keep this link. It brings you back to where you were, on any device. Whoever has it can answer in your place.",
    copy: "Copy link",
    copied: "Copied",
    copyByHand: "The link is selected: copy it with the keyboard or the menu.",
    goOn: "Go on to the first pair",
    wasHere: "You started here before, on this browser.",
    comeBack: "Go on where you were",
    startAnew: "Start as another person",
  },
};
