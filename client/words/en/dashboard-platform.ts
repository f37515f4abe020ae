import type { FinishKind } from "../../../server/contract/words.ts";
import { asWord } from "../../../server/report-document/as-word.ts";
import { counted } from "./counted.ts";

/** The words about crowd platforms, on the dashboard. */
export const platform = {
  title: "Crowd platform",
  none: "No platform is set: annotators join by personal or open links. To recruit from Prolific, CloudResearch Connect or a panel, set it here:",
  never: "No platform was set.",
  change: "Change its settings",
  command: (study: string, group: string) =>
    `npx tiebreak platform set ${asWord(study)} prolific --group ${asWord(group)}`,
  byCommand: "The same on the command line, where a file can also describe a panel:",
  which: "Platform",
  platforms: {
    prolific: "Prolific",
    connect: "CloudResearch Connect",
    panel: "another panel with a link",
  },
  minutesField: "Time in minutes",
  minutesMeans: "The time that the platform gives. Empty: no limit.",
  panelName: "Name of the panel",
  panelMeans: "Participants read it.",
  parameters: {
    participant: "The person’s id in the address",
    session: "The id of the visit, if the address has one",
    study: "The id of the study at the panel, if the address has one",
  },
  parameter: "Parameter",
  parameterMeans: "A parameter begins with a letter, and has letters, digits and . _ - only.",
  placeholder: "Placeholder",
  placeholderMeans:
    "What the panel replaces by the id, such as %SURVEY_CODE%. Empty: the panel adds the parameter itself.",
  optional: "People may come without it",
  admission: "Who can join",
  platformStudy: "Only from this study of the platform",
  platformStudyMeans: "Its id there. Empty: any.",
  keys: "Only signed addresses: file with the platform’s public keys",
  keysMean: "Prolific publishes them at https://api.prolific.com/.well-known/study/jwks.json.",
  noKeys: "Accept addresses without a signature again",
  keysWrong: "The file with the keys is not JSON. Save it again as the platform publishes it.",
  notAfterTitle: "Nobody who joined one of these studies",
  notAfterMeans: "They read that they have taken part before, and return as screened out.",
  noOthers: "There is no other study on this server.",
  own: "Own codes and addresses",
  ownMeans:
    "An empty code is drawn at random, or stays as it is. In addresses, {code}, {participant}, {session} and {study} are replaced by their values; without an address, the platform’s own is used or the code is shown.",
  codeMeans: "A code has letters, digits and . _ - only.",
  ownAddress: "Address",
  set: "Set the platform",
  save: "Save",
  isSet: "The platform is set. Paste the address and the codes there.",
  remove: "Remove the platform",
  removeAsks: (name: string) => `Remove ${name} from this group?`,
  removeMeans:
    "The group’s open link then admits everybody. Its codes are deleted. It cannot be removed once somebody has joined from it.",
  removed: "The platform was removed. The group’s open link now admits everybody.",
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
