import { NOTES_TITLE } from "../../../server/report-document/words.ts";

/** What a reader must know before any figure. */
export function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <aside class="notes" aria-labelledby="notes-heading">
      <h2 id="notes-heading">{NOTES_TITLE}</h2>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </aside>
  );
}
