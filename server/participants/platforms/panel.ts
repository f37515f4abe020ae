import type { Panel } from "../../contract/platforms.ts";
import type { Platform } from "./platform.ts";

const ASK = "the code, or an address of the panel";

/** Any panel with a link, such as a university's pool, as its owner describes it. */
export const panelPlatform = ({ name, participant, session, study }: Panel): Platform => ({
  name,
  parameters: { participant, session: session ?? null, study: study ?? null },
  participantOf: (value) => (/^[\w.@:-]{1,128}$/.test(value) ? value : null),
  signature: null,
  wayBack: null,
  advice: {
    ...{ completed: ASK, no_consent: ASK, screened_out: ASK, failed_qualification: ASK },
    ...{ stopped: ASK, ended: ASK, no_work: ASK, timed_out: ASK },
  },
});
