import type { EntryShown } from "../../contract/entry.ts";
import type { EntryStage } from "../../contract/words.ts";
import { counted } from "../../report-document/numbers.ts";

/** What ends a part at each stage; null: nothing does. */
const OUT: Record<EntryStage, string | null> = {
  information: null,
  consent: "refused",
  questions: "screened out",
  practice: null,
  qualification: "failed",
};

/** The stages before the first pair for a terminal, with how many people have passed each. */
export function entryLines({ counts, consentVersion }: EntryShown): string[] {
  const stages = counts.stages.map(({ stage, passed, out }) => {
    const ends = OUT[stage] === null ? "" : `, ${out} ${OUT[stage]}`;
    const version = stage === "consent" && consentVersion !== null ? ` (version ${consentVersion})` : "";
    return `  ${stage.padEnd(13)}  ${passed} passed${ends}${version}`;
  });
  return [
    `Before the first pair, of ${counted(counts.arrived, "annotator")} who opened their link:`,
    ...stages,
  ];
}
