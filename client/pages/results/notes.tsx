import { useEffect, useState } from "preact/hooks";
import { NotesList } from "./notes-list.tsx";
import type { NotesProps } from "./notes-and-who-stands-out.tsx";

type Code = typeof import("./notes-and-who-stands-out.tsx");

/** What a reader must know before any figure; who stands out comes later, with the annotators' figures. */
export function Notes({ report, shelf }: NotesProps) {
  const [code, setCode] = useState<Code | null>(null);
  useEffect(() => {
    import("./notes-and-who-stands-out.tsx").then(setCode, () => undefined);
  }, []);
  if (code !== null) return <code.NotesAndWhoStandsOut report={report} shelf={shelf} />;
  return report.notes.length === 0 ? null : <NotesList notes={report.notes} />;
}
