import type { FileReport, LoadReport, Remark } from "../contract/loading.ts";
import { placeIn } from "./reading/place.ts";

/** The loading report for a terminal, read from the top: what became of each file, then what is wrong, then what is odd. */
export function reportText(report: LoadReport): string {
  const lines = [headline(report), "", ...report.files.flatMap(fileLines)];
  lines.push(...section(errorTitle(report), report.errors));
  lines.push(...section("Worth a look (nothing was left out for these):", report.warnings));
  const next = nextStep(report);
  if (next) lines.push("", next);
  return lines.join("\n");
}

function headline({ study, dryRun, done, files }: LoadReport): string {
  if (dryRun)
    return done
      ? `Nothing was loaded: a dry run into ${study}.`
      : `A dry run into ${study}: not everything can be loaded.`;
  if (done)
    return files.every((file) => file.outcome === "unchanged")
      ? `${study} has all of this already.`
      : `Loaded into ${study}.`;
  const taken = files.filter((file) => file.outcome === "published").length;
  if (taken === 0) return `Nothing was loaded into ${study}.`;
  return `Loaded into ${study}, but not everything: ${taken} of ${files.length} files.`;
}

const OUTCOMES: Record<FileReport["outcome"], string> = {
  published: "loaded",
  unchanged: "nothing new",
  refused: "refused, nothing of it was loaded",
  "would publish": "would be loaded",
  "not tried": "not tried, because a file before it was refused",
};

const KINDS = [
  ["prompts", "prompts"],
  ["responses", "responses"],
  ["judgments", "judgments"],
  ["answers", "known answers"],
] as const;

function fileLines(file: FileReport): string[] {
  const { format, outcome, rows } = file;
  const title = `${file.file}: ${OUTCOMES[outcome]}`;
  if (outcome === "not tried") return [title];
  const about = `  ${number(rows)} ${rows === 1 ? "row" : "rows"}${format ? `, read as ${format}` : ""}`;
  const kinds = KINDS.flatMap(([kind, name]) => {
    const { read, new: added, unchanged } = file[kind];
    if (read === 0) return [];
    return [`  ${name}: ${number(read)} read, ${number(added)} new, ${number(unchanged)} there already`];
  });
  const repeats =
    file.repeats > 0
      ? [
          `  ${number(file.repeats)} of the judgments ${file.repeats === 1 ? "is a repeat" : "are repeats"}: the same annotator on the same comparison; the first counts`,
        ]
      : [];
  const leftOut =
    file.leftOut > 0
      ? [`  ${number(file.leftOut)} ${file.leftOut === 1 ? "row has" : "rows have"} errors`]
      : [];
  return [title, about, ...kinds, ...repeats, ...leftOut];
}

const errorTitle = ({ done }: LoadReport) => (done ? "Left out:" : "Errors:");

function section(title: string, { listed, more }: { listed: Remark[]; more: number }): string[] {
  if (listed.length === 0) return [];
  const rest = more > 0 ? [`  … and ${number(more)} more`] : [];
  return ["", title, ...listed.map((remark) => `  ${place(remark)}${remark.message}`), ...rest];
}

function place({ file, line }: Remark): string {
  if (file === "") return "";
  return line === 0 ? `${file}: ` : `${placeIn(file, line)}: `;
}

function nextStep({ done, files, errors, warnings, dryRun }: LoadReport): string | null {
  if (dryRun && done) {
    const asks = warnings.listed.some((remark) => remark.name === "JudgmentsAgain");
    return `Run it again without --dry-run${asks ? " and with --yes" : ""} to load.`;
  }
  if (done) return null;
  const isByRow = errors.listed.every((remark) => remark.line > 0);
  const skip =
    isByRow && files.some((file) => file.outcome === "refused")
      ? " To take the good rows and leave the others out, add --skip-bad."
      : "";
  return `Mend the file and load it again; what is loaded already stays as it is.${skip}`;
}

const number = (value: number): string => value.toLocaleString("en");
