import type { FinishKind, SkipReason } from "../../../server/contract/words.ts";
import { counted } from "./counted.ts";

const number = (count: number): string => count.toLocaleString("en-US");

const seconds = (count: number): string => (count === 1 ? "second" : counted(count, "second"));

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
    offline: (count: number) => `${number(count)} unsent: offline`,
    offlineNone: "offline",
    serverAway: (count: number) => `${number(count)} unsent: retrying`,
    serverAwayNone: "retrying",
    onlyHere: "This browser cannot save offline. Keep this page open until it shows “saved”.",
  },
  takenOver: "That pair was reassigned in the meantime. Your answer is saved anyway.",
  refused: (message: string) => `One answer was not accepted and does not count. ${message}`,
  refusedChange: (message: string) => `A change to an earlier answer was not accepted. ${message}`,
  understood: "Understood",

  reading: "Text and display",
  readingShort: "Aa",
  textSize: "Text size",
  smaller: "Smaller",
  larger: "Larger",
  sizePercent: (percent: number) => `${number(percent)} %`,
  face: "Font",
  serif: "Serif",
  sans: "Sans serif",
  theme: "Light or dark",
  themes: { device: "As the device", light: "Light", dark: "Dark" },
  longLines: "Code and tables",
  wrapLines: "Wrap long lines",
  keysTitle: "Keyboard",
  keysSwitch: (zero: boolean) => `Choose with 1, 2, 3${zero ? ", 0" : ""} or A, N, B, and go back with ⌫`,
  questionLanguage: "Language of the question",
  guidelines: "Guidelines",
  close: "Close",

  prompt: "Prompt",
  turn: (turn: number) => `Prompt, turn ${number(turn)}`,
  lastTurn: (turn: number) => `Prompt, turn ${number(turn)}: judge the answers to this one`,
  ofTurn: (turn: number) => `, turn ${number(turn)}`,
  earlierTurns: (count: number) =>
    count === 1 ? "The turn before this one" : `The ${number(count)} turns before this one`,
  showWholePrompt: "Show all",
  foldPrompt: "Show less",
  left: "Answer A",
  right: "Answer B",
  jumpToLeft: "To answer A ↑",
  jumpToRight: "To answer B ↓",
  emptyAnswer: "This answer is empty.",
  nextPair: (judged: number, of: number) => `New pair. ${number(judged)} of ${number(of)} judged.`,
  earlierPair: (choice: string) => `An earlier pair. You chose: ${choice}`,
  earlierSkipped: (reason: string) => `An earlier pair. You could not judge it: ${reason}`,

  choices: "Your choice",
  keySigns: { left: "1", tie: "2", right: "3", both_bad: "0" },
  keyShortcuts: { left: "1 A ArrowLeft", tie: "2 N", right: "3 B ArrowRight", both_bad: "0" },
  keys: { left: "Keys: 1, A or ←", tie: "Keys: 2 or N", right: "Keys: 3, B or →", both_bad: "Key: 0" },
  asleep: {
    both: "Look at both answers first.",
    left: "Look at answer A first.",
    right: "Look at answer B first.",
    reading: "Close “Text and display” first.",
    guidelines: "Close the guidelines first.",
    cannot: "Give a reason, or go back to the choices.",
    time: "You can choose in a moment.",
    remarks: "Go back to the choices first.",
    messages: "Close the messages first.",
  },
  cannot: {
    button: "I cannot judge this",
    why: "Why can you not judge this pair?",
    reasons: {
      language: "I do not know the language",
      unreadable: "It is broken or unreadable",
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
  noEarlier: "This is the first pair.",
  earlierNeedsNetwork: "Earlier pairs cannot be loaded right now.",
  noMoreChanges: "Earlier answers can no longer be changed.",
  changeOrLeave: "This is an earlier pair. Choose again to change your answer, or go forward.",

  states: {
    fetching: "Loading pairs…",
    wait: {
      title: "No pairs available right now",
      text: "Others are working on the remaining pairs. Some may become available to you.",
      next: "Keep this page open, or come back later with your link.",
    },
    done: {
      title: "All done. Thank you",
      text: "There are no more pairs for you.",
      next: "You may close this page. While the study is open, you can go back and change an answer.",
    },
    noneLeft: {
      title: "Nothing left to judge",
      text: "There are no more pairs for you.",
      next: "You may close this page.",
    },
    paused: {
      title: "The study is paused",
      text: "No pairs are available at the moment.",
      next: "Keep this page open, or come back later with your link.",
    },
    closed: {
      title: "The study is closed",
      text: "No more answers are needed. Thank you for your work.",
      next: "You may close this page.",
    },
    ended: {
      title: "Your part in this study is over",
      text: "You will get no more pairs. Your answers are saved. Thank you for your time.",
      next: "You may close this page. If you have questions, ask the person who sent you the link.",
    },
    withdrawn: {
      title: "You have withdrawn",
      text: "None of your judgments is used. Thank you for your time.",
      next: "You may close this page.",
    },
    youJudged: (count: number) => `You judged ${counted(count, "pair")}.`,
    allSaved: "Everything is saved.",
    asksAgain: (every: number) => `This page checks again every ${seconds(every)}.`,
    stillWaiting: (count: number) =>
      `${counted(count, "answer")} ${count === 1 ? "is" : "are"} still being sent. Keep this page open until it shows “saved”.`,
    offline: {
      title: "You have judged all pairs loaded so far",
      text: "The server cannot be reached. More pairs load as soon as it can be.",
    },
    offlineAtStart: {
      title: "The server cannot be reached",
      text: "Check your network. This page retries automatically.",
    },
    away: {
      title: "The server is busy",
      text: "It is not responding properly. This page retries automatically.",
    },
    linkNotValid: {
      title: "This link is not valid",
      text: "Check that you copied all of it. If you did, ask the person who sent it for a new one.",
    },
    linkGone: {
      title: "This link is no longer valid",
      text: "Answers can no longer be saved with it. Ask the person who sent it for a new one.",
    },
    linkRevoked: {
      title: "Your link is no longer active. Thank you",
      text:
        "The person who gave it to you has revoked it. Your saved answers are kept, and there is nothing more you need to do. " +
        "If you think that this is a mistake, contact that person: they can restore this link.",
    },
    unsaved: (count: number) =>
      `${counted(count, "answer")} could not be saved. ${count === 1 ? "It stays" : "They stay"} in this browser.`,
    noLink: {
      title: "Open this page with your own link",
      text: "The link that you were sent ends in a long string of letters and digits. Open the whole link.",
    },
    tryAgain: "Try again now",
  },

  failed: (message: string) => `That did not work. ${message}`,
  offlineNow: "The server cannot be reached. Try again in a moment.",
  copied: "Copied",

  leave: "Leave this study",

  wayBack: {
    goesBack: (platform: string) => `You will be taken back to ${platform} in a few seconds.`,
    withoutWaiting: "If you do not want to wait:",
    whenReady: (platform: string) => `Go back to ${platform} when you are ready.`,
    goNow: (platform: string) => `Return to ${platform}`,
    stay: "Stay on this page",
    codeToEnter: (platform: string) => `Enter this code at ${platform}:`,
    codeIfNeeded: (platform: string) => `If ${platform} asks for a code, enter this one:`,
    copy: "Copy code",
    selected: "The code is selected. Copy it with the keyboard or the menu.",
  },

  finishes: {
    completed: { title: "All done. Thank you", text: "You have done everything that was asked of you." },
    no_consent: {
      title: "You have not agreed",
      text: "You will get no pairs. Thank you for your time.",
    },
    screened_out: {
      title: "This study is not for you",
      text: "It needs people with other answers. Thank you for your time.",
    },
    failed_qualification: {
      title: "You have not passed the test",
      text: "You will get no pairs. Thank you for your time.",
    },
    stopped: {
      title: "You stopped here. Thank you",
      text: "You will get no more pairs.",
    },
    ended: {
      title: "Your part in this study is over",
      text: "You will get no more pairs. Thank you for your time. If you have questions, write to the researcher.",
    },
    no_work: {
      title: "Nothing left to judge",
      text: "There are no more pairs for you. Thank you for your time.",
    },
    timed_out: {
      title: "The time for this study is over",
      text: "The platform’s time limit has passed. Thank you for your time.",
    },
  } satisfies Record<FinishKind, { title: string; text: string }>,
};
