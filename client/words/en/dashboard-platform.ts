import type { FinishKind } from "../../../server/contract/words.ts";
import { asWord } from "../../../server/report-document/as-word.ts";
import { counted } from "./counted.ts";

/** The words about crowd platforms, on the dashboard. */
export const platform = {
  title: "Crowd platform",
  none: "No platform is set: annotators join by personal or open links. To recruit from Prolific, CloudResearch Connect or a panel:",
  never: "No platform was set.",
  again: "To change its settings, run this command again; what you omit stays as it is:",
  command: (study: string, group: string) =>
    `npx tiebreak platform set ${asWord(study)} prolific --group ${asWord(group)}`,
  recognised: (name: string) =>
    `People have joined from ${name}, which is not set: they see the codes below and are not sent back. Set it, so that only its participants can join.`,
  openLink: "Address for the platform",
  openLinkMeans: (name: string) =>
    `People join this group from ${name}, by this address: paste it there. It has the group’s open link.`,
  address: "Address of the study, to paste at the platform:",
  noAddress: "The link in its address was revoked or replaced. Set the platform again for a new one.",
  minutes: (minutes: number | null) =>
    minutes === null
      ? "No time limit."
      : `${counted(minutes, "minute")} from joining; then no more pairs are assigned.`,
  onlyStudy: (id: string) => `Only people from the study ${id} of the platform can join.`,
  onlySigned: "Only addresses that the platform has signed are accepted.",
  notAfter: (studies: readonly string[]) => `Nobody who joined ${studies.join(", ")} can join.`,
  unseenPrompts: "Nobody from a platform gets a prompt that they saw in another study on this server.",
  finishes: "Codes, and where they lead",
  finish: "How it ends",
  code: "Code",
  leads: "Leads to",
  shown: "the code is shown",
  advice: "Setting at the platform",
  kinds: {
    completed: "completed",
    no_consent: "declined to take part",
    screened_out: "screened out by an answer",
    failed_qualification: "failed the qualification",
    stopped: "stopped",
    ended: "ended by you (excluded, link revoked, or after a review)",
    no_work: "no pairs left",
    timed_out: "out of time",
  } satisfies Record<FinishKind, string>,
};
