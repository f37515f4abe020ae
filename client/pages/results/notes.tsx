import { SEE_WEAKNESSES, standsOutLine } from "../../../server/report-document/stands-out.ts";
import { isolateTexts } from "../../../server/report-document/isolate-texts.ts";
import { NOTES_TITLE } from "../../../server/report-document/words.ts";
import { hashOf } from "./section-address.ts";
import { useBlock } from "./use-block.ts";
import type { BlockShelf } from "./watch-block.ts";

/** What a reader must know before any figure; who stands out, once the sections below have fetched the annotators. */
export function Notes({ notes, shelf }: { notes: readonly string[]; shelf: BlockShelf }) {
  const { part: annotators } = useBlock(shelf, "byAnnotator", false);
  const standsOut = annotators === null ? null : standsOutLine(isolateTexts(annotators));
  if (notes.length === 0 && standsOut === null) return null;
  return (
    <aside class="notes" aria-labelledby="notes-heading">
      <h2 id="notes-heading">{NOTES_TITLE}</h2>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {standsOut !== null && (
        <p>
          {standsOut} <a href={hashOf("weaknesses", location.hash)}>{SEE_WEAKNESSES}</a>
        </p>
      )}
    </aside>
  );
}
