import type { StudyDetail, StudySummary } from "../../contract/studies.ts";
import type { NotHandedOut, Revealing } from "../../contract/corrections.ts";
import { counted } from "../../report-document/numbers.ts";
import { pad, widthOf } from "../../report-document/write/plain-text.ts";

/** The list of studies for a terminal. */
export function studyTable(studies: readonly StudySummary[]): string {
  if (studies.length === 0) {
    return "There are no studies yet. Create one:\n  npx tiebreak study create haiku --target ours --baseline theirs";
  }
  const rows = studies.map((study) => [
    study.name,
    study.state,
    `${study.prompts} prompts`,
    `${study.systems} systems`,
    progressWords(study),
  ]);
  const lines = columns(rows).split("\n");
  return lines.flatMap((line, at) => [line, ...noteUnder(studies[at])]).join("\n");
}

/** A warning that goes with a study wherever it is listed, such as that its judgments are simulated. */
const noteUnder = (study: StudySummary | undefined): string[] => (study?.note ? [`  ${study.note}`] : []);

/** One study for a terminal: what is in it, who judges, how far it is. */
export function studyLines(study: StudyDetail): string {
  const { protocol } = study;
  const pairs =
    protocol.pairs === "all"
      ? "every pair of systems"
      : `${protocol.pairs.target} against ${protocol.pairs.baselines.join(", ")}`;
  const groups = study.groups.map((group) => [
    `  ${group.name}`,
    group.kind,
    counted(group.annotators, "annotator"),
    counted(group.judged, "judgment"),
    ...(group.unnamed === undefined ? [] : [`${counted(group.unnamed, "vote")} without a name`]),
  ]);
  const systems = study.systemList.map((system) => [
    `  ${system.displayName}`,
    system.role,
    counted(system.responses, "output"),
  ]);
  return [
    `${study.name}: ${study.publicTitle}`,
    ...(study.note ? [study.note] : []),
    `State     ${study.state}`,
    `Pairs     ${pairs}`,
    ...(protocol.analysis.test === "tTest" ? [] : ["About     these annotators, not others like them"]),
    ...(protocol.analysis.margin === undefined
      ? []
      : [`Margin    ${protocol.analysis.margin} of the half-tie rate on either side of 0.5`]),
    ...(protocol.analysis.looks === undefined
      ? []
      : [
          `Looks     at ${protocol.analysis.looks.at.join(" and ")} of the planned judgments, and at the end`,
        ]),
    `Prompts   ${study.prompts}`,
    `Progress  ${progressWords(study)}`,
    ...skipLines(study.skips),
    `Seed      ${study.seed}`,
    `Protocol  ${study.protocolHash ? `frozen, ${study.protocolHash.slice(0, 12)}` : "not frozen yet"}`,
    "",
    "Systems",
    columns(systems),
    "",
    "Groups",
    groups.length > 0 ? columns(groups) : "  They are created when the study opens.",
    ...(study.loads.length > 0
      ? ["", "Loaded", columns(study.loads.map((l) => [`  ${l.file}`, l.state, l.at]))]
      : []),
  ].join("\n");
}

/** How often annotators skipped a pair, and why; empty if never. */
function skipLines({ skipped, comparisons, reasons, nobodyLeft }: StudyDetail["skips"]): string[] {
  if (skipped === 0) return [];
  const given = Object.entries(reasons).filter(([, times]) => times > 0);
  const why = given.map(([reason, times]) => `${times} ${reason}`).join(", ");
  const where = `${counted(skipped, "time")}, on ${counted(comparisons, "comparison")}`;
  return [
    `Skipped   ${where} that could not be judged: ${why}`,
    ...(nobodyLeft === 0
      ? []
      : [
          `          ${counted(nobodyLeft, "judgment")} of these can be made by none of those invited so far`,
        ]),
  ];
}

/** Pairs of the protocol that cannot be assigned, by reason; empty if all can. */
export function notHandedOutLines({ pairs, of, reasons }: NotHandedOut): string[] {
  if (pairs === 0) return [];
  const which = pairs === 1 ? "1 pair" : `${pairs.toLocaleString("en")} pairs`;
  return [
    `${which} of ${of.toLocaleString("en")} cannot be assigned:`,
    ...reasons.map(({ why, pairs: n, prompts }) => {
      const more = n > prompts.length ? ", …" : "";
      return `  ${n.toLocaleString("en")}: ${why} (${prompts.join(", ")}${more})`;
    }),
  ];
}

/** Outputs that may reveal to annotators which system wrote them. */
export const revealingLines = (revealing: readonly Revealing[]): string[] =>
  revealing.length === 0
    ? []
    : [
        "Outputs may reveal to annotators which system wrote them:",
        ...revealing.map(({ message, outputs }) =>
          outputs === 1 ? `  ${message}` : `  ${message} (${outputs.toLocaleString("en")} outputs)`,
        ),
      ];

function progressWords(study: StudySummary): string {
  const { judged, wanted, state } = study;
  const parts = wanted > 0 ? [`${judged} of ${wanted} judged`] : [];
  if (state === "closed" && judged < wanted) parts.push(`${wanted - judged} never judged`);
  if (study.loadedJudgments > 0) parts.push(`${study.loadedJudgments} judgments loaded`);
  return parts.join(", ") || "nothing judged yet";
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => pad(cell, widths[i] ?? 0, "right"))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
