import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { NOTES_TITLE } from "../../../server/report-document/words.ts";
import type { BlockShelf } from "./watch-block.ts";

type Code = typeof import("./notes-and-who-stands-out.tsx");

interface NotesProps {
  readonly notes: readonly string[];
  readonly shelf: BlockShelf;
}

/** What a reader must know before any figure; who stands out comes later, with the annotators' figures. */
export function Notes({ notes, shelf }: NotesProps) {
  const [code, setCode] = useState<Code | null>(null);
  useEffect(() => {
    import("./notes-and-who-stands-out.tsx").then(setCode, () => undefined);
  }, []);
  if (code !== null) return <code.NotesAndWhoStandsOut notes={notes} shelf={shelf} />;
  return notes.length === 0 ? null : <NotesList notes={notes} />;
}

export const NotesList = ({
  notes,
  children,
}: Pick<NotesProps, "notes"> & { children?: ComponentChildren }) => (
  <aside class="notes" aria-labelledby="notes-heading">
    <h2 id="notes-heading">{NOTES_TITLE}</h2>
    {notes.map((note) => (
      <p key={note}>{note}</p>
    ))}
    {children}
  </aside>
);
