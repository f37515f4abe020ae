import type { LoadReport, Remark } from "../contract/loading.ts";
import { placeIn, wordForPlaces } from "./reading/place.ts";

/** From so many remarks on, that differ only in what they quote, the rest is counted. */
const SHOWN_OF_A_KIND = 3;

/** Remarks under a title, one line for each cause: a cause that many rows share is said once, with how many. */
export function remarkLines(title: string, { listed, more }: LoadReport["errors"]): string[] {
  if (listed.length === 0) return [];
  const kinds = new Map<string, Remark[]>();
  for (const remark of listed) {
    const key = kindOf(remark);
    const of = kinds.get(key);
    if (of) of.push(remark);
    else kinds.set(key, [remark]);
  }
  const lines = [...kinds.values()].flatMap((remarks) => {
    const shown = remarks.length > SHOWN_OF_A_KIND + 1 ? remarks.slice(0, SHOWN_OF_A_KIND) : remarks;
    const rest = remarks.slice(shown.length).reduce((sum, remark) => sum + remark.rows, 0);
    const counted = rest > 0 ? [`  … and ${number(rest)} more of this kind`] : [];
    return [...shown.map((remark) => `  ${placeOf(remark)}${remark.message}`), ...counted];
  });
  return ["", title, ...lines, ...(more > 0 ? [`  … and ${number(more)} more`] : [])];
}

/** What remarks of one cause share: those of the study their name, others all but what they quote, and numbers. */
function kindOf({ name, file, line, message }: Remark): string {
  if (file === "") return name;
  if (line === 0) return JSON.stringify([name, file, message]);
  const general = message
    .replace(/“[^”]*”/g, "“”")
    .replace(/"(?:[^"\\]|\\.)*"?…?/g, '""')
    .replace(/[\d.]+/g, "0");
  return JSON.stringify([name, file, general]);
}

function placeOf({ file, line, rows, lines }: Remark): string {
  if (file === "") return "";
  if (line === 0) return `${file}: `;
  if (rows === 1) return `${placeIn(file, line)}: `;
  const first = lines.length < rows ? `${lines.join(", ")}, …` : lines.join(", ");
  return `${file}, ${number(rows)} rows (${wordForPlaces(file)} ${first}): `;
}

const number = (value: number): string => value.toLocaleString("en");
