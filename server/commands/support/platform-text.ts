import { asWord } from "../../report-document/as-word.ts";
import type { PlatformShown } from "../../contract/platforms.ts";
import type { SubmissionList } from "./read-submissions.ts";
import type { Imported } from "../../contract/payments.ts";
import { counted } from "../../report-document/numbers.ts";

/** A platform's settings for a terminal, in the order in which they are pasted. */
export function platformText(platform: PlatformShown): string {
  const { group, name, address, minutes, parameters, finishes, isRecognised } = platform;
  return [
    `${name}, group ${group}`,
    ...(isRecognised
      ? [
          `People have joined from ${name}, which is not set: they see the codes below and are not sent back.`,
          "Run “platform set”, so that only its participants can use the link.",
        ]
      : []),
    "",
    "Address of the study, to paste at the platform:",
    `  ${address ?? "none: its link was revoked or replaced. Run “platform set” again for a new one."}`,
    `Parameters: ${parameters.map((one) => one.name).join(", ")}`,
    `Time: ${minutes === null ? "no limit here" : `${minutes} minutes`}`,
    ...admissionLines(platform),
    "",
    "Codes, and where they lead:",
    ...finishLines(finishes),
  ].join("\n");
}

/** Whom the address lets in, where not everybody who has one; empty: everybody. */
function admissionLines({ platformStudy, isSigned, notAfter }: PlatformShown): string[] {
  return [
    ...(platformStudy === null ? [] : [`Only from the study ${platformStudy} of the platform`]),
    ...(isSigned ? ["Only addresses that the platform has signed"] : []),
    ...(notAfter.length === 0 ? [] : [`Nobody who joined ${notAfter.join(", ")}`]),
  ];
}

/** A line for each finish, and one below it with its address. */
function finishLines(finishes: PlatformShown["finishes"]): string[] {
  const codes = finishes.map(({ code }) => code ?? "no code");
  const first = Math.max(...finishes.map(({ finish }) => finish.length));
  const second = Math.max(...codes.map((code) => code.length));
  return finishes.flatMap(({ finish, code, address, advice }, at) => [
    `  ${finish.padEnd(first)}  ${codes[at]!.padEnd(second)}  ${advice}`,
    ...(address === null
      ? []
      : [`  ${" ".repeat(first + second + 4)}${address.replace("{code}", code ?? "")}`]),
  ]);
}

/** What a platform's list of submissions changed, for a terminal. */
export function importedText(
  study: string,
  imported: Imported & Pick<SubmissionList, "columns" | "unused">,
): string {
  const { columns, unused, unknownStatuses } = imported;
  const { statuses, ended, freed, excluded, stillExcluded, unknown, missing } = imported;
  const found = Object.entries(statuses).map(([status, count]) => `${count} ${status}`);
  return [
    `Columns: ${Object.entries(columns)
      .map(([field, column]) => `“${column}” as ${field}`)
      .join(", ")}.`,
    ...(unused.length > 0 ? [`Not read: ${unused.map((column) => `“${column}”`).join(", ")}.`] : []),
    `Participants of this study: ${found.join(", ") || "none yet"}.`,
    ...unknownStatuses.map(
      ({ status, count, line }) =>
        `Unknown status “${status}”: ${counted(count, "submission")}, first in line ${line}. Taken as not returned, so nothing ended.`,
    ),
    ...(ended.length > 0 ? [`Their part ended: ${ended.join(", ")}.`] : []),
    ...(freed > 0 ? [`${counted(freed, "pair")} that they held can be assigned to others.`] : []),
    ...(excluded.length > 0 ? [`Their judgments are excluded: ${excluded.join(", ")}.`] : []),
    ...(stillExcluded.length > 0
      ? [
          `Returned no more, but still excluded: ${stillExcluded.join(", ")}. To count their judgments:`,
          ...stillExcluded.map(
            (name) => `  npx tiebreak exclude ${asWord(study)} --annotator ${asWord(name)} --lift`,
          ),
        ]
      : []),
    ...(unknown > 0 ? [`${counted(unknown, "submission")} of people who never started here.`] : []),
    ...(missing.length > 0
      ? [`Started here, but in no list so far, so their ids may be made up: ${missing.join(", ")}.`]
      : []),
  ].join("\n");
}
