import { words } from "../../words/dashboard.ts";

/** What an annotator wrote to the owner. */
export const Wrote = ({ answer }: { answer: string }) => (
  <>
    <p class="quiet">{words.quality.wrote}</p>
    <blockquote dir="auto">{answer}</blockquote>
  </>
);
