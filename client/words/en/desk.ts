import type { Verdicts } from "../../../server/contract/loading.ts";
import { judges } from "./desk-judges.ts";
import { counted } from "../../../server/report-document/numbers.ts";

/** A study's name as one word of a command; names hold nothing that quotes would not keep. */
const shell = (name: string) => (/^[\w.+-]+$/.test(name) ? name : `"${name}"`);

const number = (count: number): string => count.toLocaleString("en-US");
const STATE = { draft: "draft", open: "open", paused: "paused", closed: "closed" };

/** The words of the researcher's desk. */
export const desk = {
  brand: "Tiebreak",
  tabTitle: "Studies – Tiebreak",
  studyTabTitle: (name: string) => `${name} – Tiebreak`,
  toStudies: "All studies",
  signOut: "Sign out",
  loading: "Fetching…",
  unreachable: "The server cannot be reached just now. What you see is what arrived last.",
  failed: "That did not work.",
  number,
  time: (iso: string) =>
    new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso)),

  signIn: {
    title: "Sign in",
    how: "The desk opens with an owner link. Make one where the server runs:",
    command: "npx tiebreak owner-link",
    then: "Open the link it prints in this browser. The link is valid for a day.",
    working: "Signing in…",
    linkNotValid: "That owner link is not valid any more. Make a new one where the server runs:",
  },

  studies: "Studies",
  noStudies: {
    title: "There is no study yet",
    how: "Make one, then load prompts and the outputs of your systems:",
    commands: [
      "npx tiebreak study create haiku --target ours --baseline theirs",
      "npx tiebreak load haiku prompts.jsonl ours.jsonl theirs.jsonl",
    ],
    then: "One line of an outputs file looks like this; the system defaults to the file’s name:",
    example:
      '{"prompt_id": "p1", "prompt": "Write a haiku about rain.", "output": "Soft rain on the roof …"}',
  },
  states: STATE,
  has: (prompts: number, systems: number) => `${counted(prompts, "prompt")}, ${counted(systems, "system")}`,
  judgedOf: (judged: number, wanted: number) =>
    `${judged.toLocaleString("en-US")} of ${counted(wanted, "judgment")}`,
  neverJudged: (count: number) => `${count.toLocaleString("en-US")} never judged`,
  loadedJudgments: (count: number) => `${counted(count, "judgment")} loaded`,
  nothingWanted: "Nothing is handed out yet",

  sections: {
    material: "Material",
    protocol: "Protocol",
    people: "People",
    judges: "Models as annotators",
    progress: "Progress",
    preview: "Preview",
    results: "Results",
  },
  sectionsOf: "Sections of this study",

  moves: {
    notNow: "Not now",
    working: "One moment…",
    open: {
      label: "Open the study",
      asks: "Open this study?",
      means:
        "The protocol is frozen with a hash and cannot be changed afterwards. The work is laid out, and annotators with a link can begin.",
    },
    reopen: {
      label: "Open again",
      asks: "Open this study again?",
      means: "Work is handed out again, to the same people and under the same protocol.",
    },
    allot: {
      label: "Hand out what was loaded since",
      asks: "Hand out what was loaded since the study opened?",
      means:
        "New comparisons become work under the frozen protocol. What is already handed out stays as it is.",
    },
    pause: {
      label: "Pause",
      asks: "Pause this study?",
      means:
        "Nothing new is handed out, and annotators are told so. Judgments of what they have on screen still count. You can open it again at any time.",
    },
    close: {
      label: "Close",
      asks: "Close this study?",
      means:
        "Nothing new is handed out, and annotators are told that it is over. What was handed out to them and is not judged yet still counts; earlier answers can no longer be changed. The results stay. A closed study cannot be opened again.",
    },
  },

  material: {
    has: (prompts: number, systems: number, loaded: number) =>
      `${counted(prompts, "prompt")} and ${counted(systems, "system")}` +
      (loaded > 0 ? `, with ${counted(loaded, "judgment")} made elsewhere.` : "."),
    system: "System",
    role: "Role",
    responses: "Outputs",
    roles: { target: "target", baseline: "baseline", contender: "contender" },
    missing: (count: number) => `${counted(count, "prompt")} without an output`,
    empty: "Nothing is loaded yet.",
    how: "Load prompts and the outputs of each system, in any order:",
    command: (study: string) => `npx tiebreak load ${shell(study)} prompts.jsonl ours.jsonl theirs.jsonl`,
    formats:
      "JSON, JSONL, CSV and TSV, and the files of AlpacaEval, FastChat, the Arena and LIMA, are told apart by what is in them. Add --dry-run to see what a load would do.",
    loads: "Loads",
    loadStates: { running: "running", published: "loaded", failed: "refused" },
    noReport: "There is no loading report yet.",
    refused: "Nothing of this file was loaded. Put right what is listed, and load it again.",
    read: "Read",
    fresh: "New",
    unchanged: "Unchanged",
    kinds: { prompts: "Prompts", responses: "Outputs", judgments: "Judgments" },
    rows: (rows: number) => counted(rows, "row"),
    format: (format: string) => `read as ${format}`,
    repeats: (count: number) => counted(count, "repeat"),
    leftOut: (count: number) => `${counted(count, "row")} left out`,
    kept: (columns: readonly string[]) => `Kept as metadata: ${columns.join(", ")}`,
    chosen: ({ won, others, tie, both_bad: bad, inconsistent }: Verdicts) =>
      `Chosen: ${[
        ...won.map(({ system, judgments }) => `${system} ${number(judgments)}`),
        ...(others > 0 ? [`others ${number(others)}`] : []),
        `tie ${number(tie)}${inconsistent > 0 ? ` (${number(inconsistent)} of them inconsistent)` : ""}`,
        `both bad ${number(bad)}`,
      ].join(", ")}`,
    sides: ({ left, right, tie, both_bad: bad, sidesUnknown }: Verdicts) =>
      sidesUnknown === left + right + tie + bad
        ? "Sides unknown: these judgments enter no figure about sides"
        : `Left ${number(left)}, right ${number(right)}` +
          (sidesUnknown > 0 ? `; sides of ${number(sidesUnknown)} unknown` : ""),
    sameRows: (rows: number) => `${number(rows)} rows, the first:`,
    errors: (count: number) => counted(count, "error"),
    warnings: (count: number) => counted(count, "warning"),
    showAll: (remarks: string) => `Show all ${remarks}`,
    more: (count: number) => `and ${count.toLocaleString("en-US")} more`,
    line: (line: number) => `line ${String(line)}`,
    row: (row: number) => `row ${String(row)}`,
    wholeFile: "whole file",
  },

  protocol: {
    frozen: "Frozen when the study opened.",
    draft: "Still a draft: it can be changed until the study opens.",
    hash: "Hash",
    pairs: "Compared",
    allPairs: "every system with every other",
    against: "against",
    question: "Question",
    options: "Choices",
    guidelines: "Guidelines",
    language: (code: string) => new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code,
    groups: "Groups",
    group: "Group",
    kind: "Kind",
    kinds: { crowd: "crowd", author: "authors", model: "model" },
    each: "Judgments a comparison",
    eachShared: "In the shared set",
    perAnnotator: "At most, each annotator",
    headline: "Counts in all people",
    unlimited: "no limit",
    yes: "yes",
    no: "no",
    allotment: "Handing out",
    shared: (count: number) =>
      count === 0
        ? "No shared set."
        : `A shared set of ${counted(count, "prompt")} that every group judges first.`,
    checks: (every: number | null) =>
      every === null
        ? "No checks with known answers."
        : `People are checked once in ${every} pairs, by a pair whose answer is known.`,
    repeats: {
      avoid: "An annotator is not given a prompt twice while there are others.",
      forbid: "An annotator is never given a prompt twice.",
      allow: "An annotator may be given a prompt more than once.",
    },
    turns: {
      last: "Of conversations, the last turn is judged.",
      each: "Of conversations, each turn is judged.",
    },
    identical: {
      true: "Pairs with identical outputs are shown.",
      false: "Pairs with identical outputs are left out.",
    },
    lease: (minutes: number) =>
      `A pair goes to somebody else ${counted(minutes, "minute")} after its page was left.`,
    seed: "Seed",
  },

  people: {
    afterOpening: "Invite links can be made once the study is open.",
    groupsThen: "These groups will be there:",
    closed: "The study is closed: nobody is invited any more.",
    nothingWanted: "No judgments are wanted of this group, so nobody is invited to it.",
    summary: (annotators: number, judged: number) =>
      `${counted(annotators, "annotator")}, ${counted(judged, "judgment")}`,
    outside: "stays out of the figures of all people",
    model: "Links are for people. Models judge by a run, or elsewhere, and are then loaded from files.",
    loadedOnly:
      "The protocol does not name this group: its judgments were loaded, and nothing is handed out to it.",
    personal: "Personal links",
    personalMeans: "One link a person. Whoever has it goes on where they stopped, on any device.",
    howMany: "How many",
    make: "Make links",
    open: "Open link",
    openMeans:
      "One link for everybody. Each person who starts from it becomes an annotator with a link of their own.",
    makeOpen: "Make an open link",
    replaceOpen: "Make a new open link",
    replaceMeans: "There is one already. A new one takes its place, and the earlier stops working.",
    once: "Copy these now: for safety, only you have them, and they cannot be shown again.",
    copyAll: "Copy all",
  },

  judges,

  copy: "Copy",
  copied: "Copied",
  copyFailed: "Select and copy it by hand",

  progress: {
    empty: "When the study opens, the judgments wanted of each group stand here.",
    all: "All together",
    pair: "Compared",
    judged: "Judged",
    bar: (group: string, pair: string) => `${group}, ${pair}`,
    against: (system: string, other: string) => `${system} against ${other}`,
    of: (judged: number, wanted: number) =>
      `${judged.toLocaleString("en-US")} of ${wanted.toLocaleString("en-US")}`,
  },

  skips: {
    title: "Could not be judged",
    extent: (skipped: number, comparisons: number, reasons: string[]) =>
      `Annotators could not judge ${comparisons === 1 ? "1 pair" : `${comparisons.toLocaleString("en-US")} pairs`}, and said so ` +
      `${skipped === 1 ? "once" : `${skipped.toLocaleString("en-US")} times`} (${reasons.join("; ")}). Their places go to others.`,
    nobodyLeft: (judgments: number) =>
      `${judgments === 1 ? "1 judgment" : `${judgments.toLocaleString("en-US")} judgments`} of these can come from nobody who was invited so far: ` +
      "everybody of the group has had the pair. Invite others, or close the study without them.",
    show: "Show the pairs",
    prompt: "Prompt",
    pair: "Compared",
    group: "Group",
    why: "Why",
    and: "and",
    turn: (turn: number) => `(turn ${String(turn)})`,
    reason: (count: number, reason: string) => `${count.toLocaleString("en-US")} × ${reason.toLowerCase()}`,
    first: (shown: number, of: number) =>
      `These are ${String(shown)} of ${of.toLocaleString("en-US")}; the report counts all.`,
  },

  preview: {
    means: "What annotators see, with the first pairs of this study. Nothing is recorded here.",
    show: "Show the preview",
    empty: "There is nothing to show before prompts and the outputs of two systems are loaded.",
    previous: "Previous pair",
    next: "Next pair",
    position: (at: number, of: number) => `Pair ${String(at)} of ${String(of)}`,
    sides: "Which system stands left is drawn anew for every annotator and pair.",
  },

  results: {
    means: "How often each system won, tied and lost, from the judgments so far.",
    show: "Open the results",
    share: "Make a share link",
    shareLink: "the share link",
    shareMeans: "Whoever has a share link sees the results of this study and nothing else:",
    shareLive: "as they stand whenever the link is opened",
    shareFrozen: "as they are now, kept for good",
    sharedLive: "This link shows the results as they stand. Copy it now: it cannot be shown again.",
    sharedFrozen: (snapshot: number) =>
      `This link shows snapshot ${snapshot} of the results. Copy it now: it cannot be shown again.`,
    command: (study: string) => `npx tiebreak report ${shell(study)}`,
    or: "Or in a terminal:",
  },
};
