import { VERDICTS_LABEL } from "../../../server/report-document/words.ts";

/** The verdicts, or how far the study is from one, before the figure. */
export function Verdicts({ sentences }: { sentences: readonly string[] }) {
  return (
    <section class="verdicts" aria-label={VERDICTS_LABEL}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </section>
  );
}
