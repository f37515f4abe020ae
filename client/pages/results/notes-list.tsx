import type { ComponentChildren } from "preact";
import { NOTES_TITLE } from "../../../server/report-document/words.ts";

interface NotesListProps {
  readonly notes: readonly string[];
  readonly children?: ComponentChildren;
}

/** The notes in their frame, and what follows them. */
export const NotesList = ({ notes, children }: NotesListProps) => (
  <aside class="notes" aria-labelledby="notes-heading">
    <h2 id="notes-heading">{NOTES_TITLE}</h2>
    {notes.map((note) => (
      <p key={note}>{note}</p>
    ))}
    {children}
  </aside>
);
