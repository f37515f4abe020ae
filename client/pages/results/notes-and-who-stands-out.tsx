import type { Report } from "../../../server/contract/report.ts";
import { isolateTexts } from "../../../server/report-document/isolate-texts.ts";
import { SEE_WEAKNESSES, standsOutLine } from "../../../server/report-document/stands-out.ts";
import { NotesList } from "./notes-list.tsx";
import { hashOf } from "./section-address.ts";
import { useBlock } from "./use-block.ts";
import type { BlockShelf } from "./watch-block.ts";

/** What the notes are made of. */
export interface NotesProps {
  readonly report: Pick<Report, "notes" | "groups">;
  readonly shelf: BlockShelf;
}

/** The notes, and who stands out once the sections below have fetched the annotators. */
export function NotesAndWhoStandsOut({ report: { notes, groups }, shelf }: NotesProps) {
  const { part: annotators } = useBlock(shelf, "byAnnotator", false);
  const standsOut =
    annotators === null ? null : standsOutLine(isolateTexts(annotators), isolateTexts(groups));
  if (standsOut === null) return notes.length === 0 ? null : <NotesList notes={notes} />;
  return (
    <NotesList notes={notes}>
      <p>
        {standsOut} <a href={hashOf("weaknesses", location.hash)}>{SEE_WEAKNESSES}</a>
      </p>
    </NotesList>
  );
}
