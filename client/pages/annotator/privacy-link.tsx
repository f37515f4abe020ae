import { withBase } from "../../base-path.ts";
import { words } from "../../words/leaving.ts";

/** Leads to the page about what is kept of annotators, why and for how long, in a tab of its own. */
export const PrivacyLink = () => (
  <p>
    <a href={withBase("/privacy")} target="_blank" rel="noreferrer">
      {words.kept}
    </a>
  </p>
);
