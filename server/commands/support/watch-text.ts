import type {
  FindingOfToday,
  Pace,
  PaceLine,
  Today,
  Watched,
  WatchedAnnotator,
} from "../../contract/watching.ts";
import { asWord } from "../../report-document/as-word.ts";
import { counted } from "../../report-document/numbers.ts";
import {
  agreementSays,
  FINDING_WORDS,
  LOOK_WORDS,
  medianSays,
  PACE_WHY,
  shareOf,
} from "../../report-document/watching-words.ts";
import { withoutControls } from "../../report-document/write/plain-text.ts";
import { inColumns, minuteOf } from "./columns.ts";

/** The annotators of a study for a terminal, with why each needs a look. */
export function watchedText({ annotators, total, looks }: Watched): string {
  if (total === 0) return "Nobody has judged or been invited yet.";
  const extent = `${counted(total, "annotator")}, ${looks === 0 ? "none needs" : looks === 1 ? "1 needs" : `${looks} need`} a look.`;
  const rows = withoutControls(annotators);
  const reasons = rows.flatMap((one) =>
    one.look.length === 0
      ? []
      : [`${one.annotator}: ${one.look.map((reason) => LOOK_WORDS[reason](one)).join("; ")}`],
  );
  const more = total > rows.length ? [`${rows.length} of ${total} shown; --limit shows more.`] : [];
  const list = reasons.length === 0 ? [] : [reasons.join("\n")];
  return [extent, ...list, inColumns([HEADINGS, ...rows.map(cellsOf)]), ...more].join("\n\n");
}

const HEADINGS = [
  ...[
    "name",
    "group",
    "id there",
    "judged",
    "open",
    "last seen (UTC)",
    "median",
    "under 2 s",
    "left",
    "ties",
  ],
  ...["checks", "agreement", "skipped", "flagged", "excluded"],
];

const cellsOf = (one: WatchedAnnotator): string[] => [
  ...[one.annotator, one.group, one.participant ?? "", String(one.judged), String(one.openPairs)],
  ...[one.lastSeen === null ? "never" : minuteOf(one.lastSeen), medianSays(one.medianSeconds)],
  ...[shareOf(one.fast), shareOf(one.left), shareOf(one.ties)],
  one.checks.of === 0 ? "–" : `${one.checks.count} of ${one.checks.of}`,
  ...[agreementSays(one.agreement), String(one.skipped), String(one.flagged), one.excluded ?? ""],
];

/**
 * What is wrong for a terminal, each with the command that shows or mends it.
 * @param watched the study whose annotators stand below; undefined: none
 */
export function todayText({ findings }: Today, watched?: string): string {
  if (findings.length === 0) return "Nothing is wrong today.";
  return withoutControls(findings)
    .map((one) => {
      const { kind, study, since } = one;
      const { says, next } = FINDING_WORDS[kind];
      const head = `${study === null ? "" : `${study}: `}${says(one)}${since === null ? "" : ` Since ${minuteOf(since)} UTC.`}`;
      const isShown = kind === "annotator" && study === watched;
      const command = study === null || isShown ? null : COMMANDS[kind]?.(asWord(study));
      return `${head}\n  ${next}${command ? ` npx tiebreak ${command}` : ""}`;
    })
    .join("\n");
}

const COMMANDS: Partial<Record<FindingOfToday, (study: string) => string>> = {
  stuck: (study) => `links ${study}`,
  nobody: (study) => `invite ${study}`,
  full: (study) => `links ${study}`,
  review: (study) => `review ${study}`,
  message: (study) => `messages ${study}`,
  departure: (study) => `annotator list ${study}`,
  payment: (study) => `export ${study} --as payments --out payments`,
  check: (study) => `load ${study} --list`,
  skipped: (study) => `report ${study} --part skips`,
  annotator: (study) => `watch ${study}`,
  blinding: (study) => `blinding ${study}`,
};

/** How fast judgments come in by group and pair, and when they will be done, for a terminal. */
export function paceText({ lines }: Pace): string {
  if (lines.length === 0) return "No judgments are planned yet.";
  const rows = withoutControls(lines).map((line) => [
    line.pair === null ? line.group : `  ${line.pair.system} against ${line.pair.against}`,
    `${line.judged} of ${line.wanted}`,
    line.perDay === null ? "–" : String(Math.round(line.perDay)),
    endText(line),
  ]);
  return inColumns([["group", "judged", "per day", "projected end (UTC)"], ...rows]);
}

function endText({ end, why }: PaceLine): string {
  if (end === null) return why === null ? "" : PACE_WHY[why];
  const { low, value, high } = end;
  return `${minuteOf(value)} (${minuteOf(low)} ${high === null ? "or later" : `to ${minuteOf(high)}`})`;
}
