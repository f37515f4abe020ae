import type { CouldTell } from "../../../server/contract/remarks.ts";

/** The words of what the annotator's page has in some studies only; they come with its code. */
export const more = {
  remarks: {
    both: "Comment or flag",
    comment: "Comment",
    flag: "Flag",
    noted: "noted",
    title: "What you note here is sent with your choice.",
    why: "Please give a reason for your choice:",
    flags: "Flag",
    of: { left: "Answer A", right: "Answer B", prompt: "Prompt" },
    known: {
      broken: "Broken or unreadable",
      harmful: "Harmful",
      names_maker: "Names who made it",
    } as Record<string, string>,
    record: "Record my choice",
    back: "Back to the choices",
  },

  copy: { copy: "Copy", copied: "Copied", selected: "Selected: copy it now" },

  messages: {
    title: "Messages",
    close: "Close",
    unread: (count: number) => `${String(count)} new`,
    means: "You can write to the researcher here. Do not write who you are unless you want them to know it.",
    you: "You",
    researcher: "The researcher",
    write: "Your message",
    send: "Send",
    notSent:
      "The server cannot be reached, so the message was not sent. It stays here: try again in a moment.",
    unreachable: "The server cannot be reached, so messages cannot be shown right now.",
  },
  guess: {
    question: "One last question: could you tell which AI system wrote which answer?",
    answers: { yes: "Yes, mostly", some: "Sometimes", no: "No" } satisfies Record<CouldTell, string>,
    which: "Which systems do you think they were, and how could you tell? (optional)",
    send: "Send",
    leaveOut: "Do not answer",
    notSent: "The server cannot be reached. Try again in a moment.",
  },
  /** Rates are written as in the report: .65. */
  running: {
    label: "How your judgments stand",
    soon: (every: number) => `After every ${String(every)} pairs you see here how your judgments stand.`,
    counts: (of: Record<"system" | "against", string> & Record<"wins" | "ties" | "losses", number>) =>
      `From ${String(of.wins + of.ties + of.losses)} pairs: better ${of.system} ${String(of.wins)}, ${of.against} ${String(of.losses)}; ties ${String(of.ties)}.`,
    rate: (system: string, { rate, low, high }: Record<"rate" | "low" | "high", string>) =>
      `Win rate of ${system} (ties count ½): ${rate}; 95 % interval ${low} to ${high}, valid however often you look.`,
  },
};
