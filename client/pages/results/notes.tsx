import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Report } from "../../../server/contract/report.ts";
import { isolateTexts } from "../../../server/report-document/isolate-texts.ts";
import { NOTES_TITLE } from "../../../server/report-document/words.ts";
import { useBlock } from "./use-block.ts";
import type { BlockShelf } from "./watch-block.ts";

/** What a reader must know before any figure. Who stands out is fetched once the figure is there, as its tests are heavy. */
export function Notes({ report, shelf }: { report: Report; shelf: BlockShelf }) {
  const standsOut = useStandsOut(shelf, report.judgments > 0);
  const notes = standsOut === null ? report.notes : [...report.notes, standsOut];
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

type StandsOut = typeof import("../../../server/report-document/stands-out.ts");
/** Kept for when the page is shown again: nothing moves then. */
const loaded = signal<StandsOut | null>(null);

function useStandsOut(shelf: BlockShelf, judged: boolean): string | null {
  useEffect(() => {
    if (!judged || loaded.value !== null) return;
    import("../../../server/report-document/stands-out.ts").then(
      (standsOut) => (loaded.value = standsOut),
      () => undefined, // the section on annotators has the same, and asks again
    );
  }, [judged]);
  const { part } = useBlock(shelf, "byAnnotator", loaded.value !== null);
  return loaded.value === null || part === null ? null : loaded.value.standsOutNote(isolateTexts(part));
}
