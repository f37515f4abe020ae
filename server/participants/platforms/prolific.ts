import type { Platform } from "./platform.ts";

/** Where a workspace has no fixed payment for it, a manual review. */
const SCREENED =
  "type FIXED_SCREENOUT, with the pay that Prolific sets for it; else OTHER: manual review, pay for the time";
const REVIEW = "manual review; pay as the payments export says";

/** Prolific: ids of 24 hexadecimal digits; a code in the address of its page for completions ends a submission. */
export const prolific: Platform = {
  name: "Prolific",
  parameters: {
    participant: { name: "PROLIFIC_PID", placeholder: "{{%PROLIFIC_PID%}}" },
    study: { name: "STUDY_ID", placeholder: "{{%STUDY_ID%}}" },
    session: { name: "SESSION_ID", placeholder: "{{%SESSION_ID%}}" },
  },
  participantOf: (value) => (/^[0-9a-f]{24}$/i.test(value) ? value.toLowerCase() : null),
  signature: { parameter: "prolific_token", claim: "prolific" },
  wayBack: "https://app.prolific.com/submissions/complete?cc={code}",
  advice: {
    completed: "type COMPLETED: approve, or manual review",
    no_consent: "type NO_CONSENT: request a return",
    screened_out: SCREENED,
    failed_qualification: SCREENED,
    stopped: `type OTHER: ${REVIEW}`,
    ended: `type OTHER: ${REVIEW}`,
    no_work: `type OTHER: ${REVIEW}`,
    timed_out: `type OTHER: ${REVIEW}`,
  },
};
