import { useEffect, useState } from "preact/hooks";
import { NotesList } from "./notes-list.tsx";
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
