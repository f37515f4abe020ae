import type { Pair, Report } from "../../contract/report.ts";
import { rateText, scoreText, wholeNumber } from "./numbers.ts";
import { withoutControls } from "./plain-text.ts";
import { methodsOf, rowName, type Section, sectionsOf, targetOf } from "./report-parts.ts";
import { majorityText, opening } from "./sentences.ts";

/** The report for a README or an appendix: a heading, the notes as a quotation, a table a group. */
export function formatMarkdown(given: Report): string {
  const report = withoutControls(given);
  const target = targetOf(report);
  const [title, ...about] = opening(report).map(escaped);
  const blocks = [
    `## ${title}`,
    about.join(" "),
    ...(report.notes.length > 0 ? [report.notes.map((note) => `> - ${escaped(note)}`).join("\n")] : []),
    ...sectionsOf(report).flatMap((section) => sectionMarkdown(section, target)),
    `Brackets: 95 % intervals. Half-tie rate: a win counts 1, a tie ½. Seed ${escaped(report.seed)}, ${report.estimator}.`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

function sectionMarkdown(section: Section, target: string | null): string[] {
  const heading = `### ${escaped(section.title)}`;
  if (section.sameAs)
    return [heading, `The only group of people: its figures are those of ${section.sameAs}.`];
  if (section.judged.length === 0) return [heading, "No judgments yet."];
  const methods = methodsOf(section, target).map(({ says, rows }) => {
    const where = rows.length === section.judged.length ? "" : ` (${rows.join(", ")})`;
    return `- ${escaped(says + where)}`;
  });
  return [heading, table(section.judged, target), methods.join("\n")];
}

const COLUMNS: readonly { heading: string; cell: (pair: Pair) => string }[] = [
  { heading: "prompts", cell: (pair) => wholeNumber(pair.prompts) },
  { heading: "judgments", cell: (pair) => wholeNumber(pair.judgments) },
  { heading: "won %", cell: (pair) => rateText(pair.win) },
  { heading: "tied %", cell: (pair) => rateText(pair.tie) },
  { heading: "lost %", cell: (pair) => rateText(pair.loss) },
  { heading: "half-tie rate", cell: (pair) => scoreText(pair.halfTieRate) },
  { heading: "mean over prompts", cell: (pair) => scoreText(pair.halfTieRateByPrompt) },
  { heading: "majority: plurality", cell: (pair) => majorityText(pair, "plurality") },
  { heading: "sign of sum", cell: (pair) => majorityText(pair, "signOfSum") },
  { heading: "more than half", cell: (pair) => majorityText(pair, "moreThanHalf") },
];

function table(pairs: readonly Pair[], target: string | null): string {
  const first = target === null ? "pair" : `${target} against`;
  const lines = [
    [escaped(first), ...COLUMNS.map((column) => column.heading)],
    ["---", ...COLUMNS.map(() => "---:")],
    ...pairs.map((pair) => [escaped(rowName(pair, target)), ...COLUMNS.map((column) => column.cell(pair))]),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Text that Markdown takes as it stands. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~$&]/g, "\\$&");
}
