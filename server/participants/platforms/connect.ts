import type { Platform } from "./platform.ts";

const PARTIAL =
  "a partial complete with an address of its own, or this code in a message; what to pay is in the export of payments";

/** CloudResearch Connect: it adds its parameters to the address by itself, and makes the addresses to send people back to. */
export const connect: Platform = {
  name: "CloudResearch Connect",
  parameters: {
    participant: { name: "participantId" },
    session: { name: "assignmentId", optional: true },
    study: { name: "projectId", optional: true },
  },
  participantOf: (value) => (/^[\w-]{4,64}$/.test(value) ? value : null),
  signature: null,
  wayBack: null,
  advice: {
    completed: "the completion code; or set its redirect address here",
    no_consent: "a partial complete with an address of its own, or ask to return the assignment",
    screened_out: PARTIAL,
    failed_qualification: PARTIAL,
    stopped: PARTIAL,
    ended: PARTIAL,
    no_work: PARTIAL,
    timed_out: PARTIAL,
  },
};
