import { withoutIsolates } from "../charts/isolate.ts";
import type { FullReport } from "../contract/report.ts";
import { isolateTexts } from "./isolate-texts.ts";
import { withoutControls } from "./write/plain-text.ts";

/**
 * A report for a page: free of control characters like `withoutControls`, with names that are written from right to
 * left set apart, so that they turn no sentence around in which they stand.
 */
export const withIsolatedNames = (report: FullReport): FullReport => ({
  ...isolateTexts(withoutControls(report)),
  notes: report.notes.map(cleanNote),
});

/** A report whose notes carry no marks of direction, for readers that know none. */
export const withPlainNotes = (report: FullReport): FullReport => ({
  ...report,
  notes: report.notes.map(withoutIsolates),
});

/** A note keeps the marks that it was given. */
const cleanNote = (note: string): string =>
  note
    .split(/([\u2068\u2069])/)
    .map((part, i) => (i % 2 === 1 ? part : withoutControls(part)))
    .join("");
