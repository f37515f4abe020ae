import type { StudyPeople } from "../../../server/contract/study-people.ts";
import { asWord } from "../../../server/report-document/as-word.ts";
import { ALL_PEOPLE, SKIP_REASONS } from "../../../server/report-document/words.ts";
import { counted } from "./counted.ts";
import { account } from "./dashboard-account.ts";
import { amend } from "./dashboard-amend.ts";
import { openId } from "./dashboard-openid.ts";
import { blinding } from "./dashboard-blinding.ts";
import { conclusion } from "./dashboard-conclusion.ts";
import { entry } from "./dashboard-entry.ts";
import { judges } from "./dashboard-judges.ts";
import { leaving } from "./dashboard-leaving.ts";
import { links } from "./dashboard-links.ts";
import { material } from "./dashboard-material.ts";
import { platform } from "./dashboard-platform.ts";
import { protocol } from "./dashboard-protocol.ts";
import { quality } from "./dashboard-quality.ts";
import { remarks } from "./dashboard-remarks.ts";
import { setup } from "./dashboard-setup.ts";
import { watching } from "./dashboard-watching.ts";

const number = (count: number): string => count.toLocaleString("en-US");
type Summed = Pick<StudyPeople["groups"][number], "kind" | "annotators" | "judged" | "unnamed">;
const STATE = { draft: "draft", open: "open", paused: "paused", closed: "closed" };

/** The words of the dashboard, the researcher's pages. */
export const dashboard = {
  language: "en",
  brand: "Tiebreak",
  tabTitle: "Studies – Tiebreak",
  studyTabTitle: (name: string) => `${name} – Tiebreak`,
  toStudies: "All studies",
  signOut: "Sign out",
  loading: "Loading…",
  unreachable: "The server cannot be reached. You see the last data received.",
  failed: "That did not work.",
  number,
  time: (iso: string) =>
    new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso)),

  signIn: {
    title: "Sign in",
    how: "Without an account, open the dashboard with an owner link. Create one on the server’s machine:",
    command: "npx tiebreak owner-link",
    then: "Open the printed link in this browser. It is valid for a day.",
    working: "Signing in…",
    linkNotValid: "That owner link is no longer valid. Create a new one on the server’s machine:",
  },

  studies: "Studies",
  noStudyForYou: "No study is open to you yet. Ask an owner for an invitation to one.",
  noStudies: {
    commands: [
      "npx tiebreak study create haiku --target ours --baseline theirs",
      "npx tiebreak load haiku prompts.jsonl ours.jsonl theirs.jsonl",
    ],
    example:
      '{"prompt_id": "p1", "prompt": "Write a haiku about rain.", "output": "Soft rain on the roof …"}',
  },
  account,
  openId,
  states: STATE,
  has: (prompts: number, systems: number) => `${counted(prompts, "prompt")}, ${counted(systems, "system")}`,
  judgedOf: (judged: number, wanted: number) =>
    `${judged.toLocaleString("en-US")} of ${counted(wanted, "judgment")}`,
  neverJudged: (count: number) => `${count.toLocaleString("en-US")} never judged`,
  loadedJudgments: (count: number) => `${counted(count, "judgment")} loaded`,
  nothingWanted: "Nothing is assigned yet",

  sections: {
    material: "Material",
    files: setup.steps.files,
    systems: setup.steps.systems,
    judgments: setup.steps.judgments,
    opening: setup.steps.open,
    protocol: "Protocol",
    amend: "Amend",
    blinding: "Blinding",
    people: "People",
    annotators: "Annotators",
    judges: "Models as annotators",
    progress: "Progress",
    quality: "Quality",
    preview: "Preview",
    results: "Results",
    team: "Team",
  },
  sectionsOf: "Sections of this study",

  moves: {
    notNow: "Not now",
    working: "One moment…",
    open: {
      label: "Open the study",
      asks: "Open this study?",
      means:
        "The protocol is frozen with a hash; later changes are numbered revisions with a reason. The planned judgments are fixed, and annotators with a link can begin.",
    },
    reopen: {
      label: "Reopen",
      asks: "Reopen this study?",
      means: "Assignment resumes, with the same people and the same protocol.",
    },
    allot: {
      label: "Release newly loaded prompts",
      asks: "Release what was loaded since the study opened?",
      means:
        "New comparisons can be assigned under the frozen protocol. Pairs already assigned stay as they are.",
    },
    pause: {
      label: "Pause",
      asks: "Pause this study?",
      means:
        "No new pairs are assigned, and annotators see that the study is paused. Judgments of the pairs on their screens still count. You can reopen it at any time.",
    },
    close: {
      label: "Close",
      asks: "Close this study?",
      means:
        "No new pairs are assigned, and annotators see that the study is over. Judgments of pairs already assigned still count; earlier answers can no longer be changed. The results stay. Under “Amend” it can be opened again, as a revision.",
    },
  },

  material,

  setup,

  protocol,
  amend,
  conclusion,

  people: {
    afterOpening: "Invite links can be created once the study is open.",
    groupsThen: "The study will have these groups:",
    closed: "The study is closed: no more annotators can be invited.",
    nothingWanted: "The protocol asks this group for no judgments, so nobody can be invited to it.",
    summary: ({ kind, annotators, judged, unnamed }: Summed) =>
      `${counted(annotators, kind === "model" ? "model" : "annotator")}, ${counted(judged, "judgment")}${unnamed ? `, ${number(unnamed)} without a name` : ""}`,
    outside: `not counted in “${ALL_PEOPLE}”`,
    model: "Links are for people. Models judge in a run; judgments made elsewhere are loaded from files.",
    loadedOnly: "The protocol lacks this group: its judgments were loaded, and it is assigned no pairs.",
    personal: "Personal links",
    personalMeans: "One link per person. It continues where that person stopped, on any device.",
    howMany: "How many",
    make: "Create links",
    open: "Open link",
    openMeans:
      "One link for everyone. Each person who starts from it becomes an annotator with a personal link.",
    most: "How many may join",
    mostDefault: "auto",
    several: "One browser may join as several people",
    makeOpen: "Create an open link",
    replaceOpen: "Create a new open link",
    replaceMeans: "There is one already. A new one replaces it, and the old one stops working.",
    once: "Copy these now: for security they are not stored, and cannot be shown again.",
    copyAll: "Copy all",
  },

  blinding,
  judges,
  leaving,
  links,
  platform,
  entry,
  quality,

  copy: "Copy",
  copied: "Copied",
  copyFailed: "Select and copy it manually",

  progress: {
    empty: "When the study opens, the judgments planned per group appear here.",
    all: "Total",
    pair: "Compared",
    judged: "Judged",
    bar: (group: string, pair: string) => `${group}, ${pair}`,
    against: (system: string, other: string) => `${system} against ${other}`,
    of: (judged: number, wanted: number) =>
      `${judged.toLocaleString("en-US")} of ${wanted.toLocaleString("en-US")}`,
  },

  ...remarks,
  watching,

  skips: {
    title: "Skipped pairs",
    extent: (skipped: number, comparisons: number, reasons: string[]) =>
      `Annotators skipped ${counted(comparisons, "pair")} that they could not judge, ` +
      `${skipped === 1 ? "once" : `${counted(skipped, "time")}`} (${reasons.join("; ")}). Those pairs are assigned to others.`,
    nobodyLeft: (judgments: number) =>
      `Of these, ${counted(judgments, "judgment")} cannot be made by anyone invited so far: ` +
      "everyone in the group has already seen the pair. Invite more annotators, or close the study without these judgments.",
    reasons: SKIP_REASONS,
    show: "Show the pairs",
    prompt: "Prompt",
    pair: "Compared",
    group: "Group",
    why: "Why",
    and: "and",
    turn: (turn: number) => `(turn ${String(turn)})`,
    reason: (count: number, reason: string) => `${count.toLocaleString("en-US")} × ${reason}`,
    first: (shown: number, of: number) => `Shown: ${String(shown)} of ${number(of)}; the report counts all.`,
  },

  preview: {
    means: "What annotators see, with the first pairs of this study. Nothing is recorded.",
    show: "Show the preview",
    empty: "Load prompts and the outputs of two systems to see a preview.",
    previous: "Previous pair",
    next: "Next pair",
    position: (at: number, of: number) => `Pair ${String(at)} of ${String(of)}`,
    sides: "Which system is on the left is random for every annotator and pair.",
  },

  results: {
    means: "How often each system won, tied and lost, from the judgments so far.",
    show: "Open the results",
    share: "Create a share link",
    shareLink: "the share link",
    shareMeans: "Anyone with a share link sees the results of this study and nothing else:",
    shareLive: "live: as they are whenever the link is opened",
    shareFrozen: "a snapshot: as they are now",
    sharedLive: "This link shows the live results. Copy it now: it cannot be shown again.",
    sharedFrozen: (snapshot: number) =>
      `This link shows snapshot ${snapshot} of the results. Copy it now: it cannot be shown again.`,
    command: (study: string) => `npx tiebreak report ${asWord(study)}`,
    or: "Or on the command line:",
    besideOther: "Another study, side by side:",
    chooseOther: "choose a study",
    beside: "Compare",
  },
};
