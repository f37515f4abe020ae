import { isolateTexts } from "../../../server/report-document/isolate-texts.ts";
import { SEE_WEAKNESSES, standsOutLine } from "../../../server/report-document/stands-out.ts";
import { NotesList } from "./notes-list.tsx";
import { hashOf } from "./section-address.ts";
import { useBlock } from "./use-block.ts";
import type { BlockShelf } from "./watch-block.ts";

/** The notes, and who stands out once the sections below have fetched the annotators. */
export function NotesAndWhoStandsOut({ notes, shelf }: { notes: readonly string[]; shelf: BlockShelf }) {
  const { part: annotators } = useBlock(shelf, "byAnnotator", false);
  const standsOut = annotators === null ? null : standsOutLine(isolateTexts(annotators));
  if (standsOut === null) return notes.length === 0 ? null : <NotesList notes={notes} />;
  return (
    <NotesList notes={notes}>
      <p>
        {standsOut} <a href={hashOf("weaknesses", location.hash)}>{SEE_WEAKNESSES}</a>
      </p>
    </NotesList>
  );
}
