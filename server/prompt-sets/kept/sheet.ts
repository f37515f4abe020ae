import { SPLITS } from "../../contract/prompt-recipes.ts";
import type { VersionCounts } from "../../contract/prompt-sets.ts";
import { countsOf } from "./counts.ts";
import type { Exported } from "./exported.ts";

const count = (value: number): string => value.toLocaleString("en");
const cell = (text: string): string => text.replace(/\|/g, "\\|").replace(/\s+/g, " ").trim();
const EDITED =
  "**The prompts were changed after they were built.** The counts above are of this version; what follows is of the set as it was built.";

/** The datasheet of a version: what it holds, and how it was built, where that is known. */
export function sheetOf({ set, title, version, items, decisions }: Exported): string {
  const counts = countsOf(items);
  const { frozenAt, by, reason, hash, files, datasheet, edited } = version;
  const build = datasheet?.replace(/^(#+) /gm, "#$1 ") ?? "How these prompts were chosen is not recorded.\n";
  return [
    `# ${title}, version ${version.version}`,
    "",
    `Prompt set \`${set}\`, version ${version.version}, frozen ${frozenAt} by ${cell(by)}${reason === "" ? "" : `: ${cell(reason)}`}. SHA-256 of its prompts: \`${hash}\`. Read from ${files.map((file) => `\`${cell(file)}\``).join(", ")}.`,
    "",
    `${count(counts.prompts)} prompts: ${SPLITS.map((split) => `${count(counts[split])} ${split}`).join(", ")}.`,
    "",
    ...table("source", counts.sources),
    ...table("licence", counts.licences),
    ...table("tag", counts.tags),
    ...(decisions.length > 0 ? ["## Decisions of people", ""] : []),
    ...decisions.map(
      (one) =>
        `- version ${one.version}: ${one.decision} \`${cell(one.prompt)}\`, by ${cell(one.by)}: ${cell(one.reason)}`,
    ),
    ...(decisions.length > 0 ? [""] : []),
    ...(datasheet !== null && edited ? [EDITED, ""] : []),
    build,
  ].join("\n");
}

function table(head: string, rows: VersionCounts["tags"]): string[] {
  if (rows.length === 0) return [];
  return [
    `| ${head} | ${SPLITS.join(" | ")} |`,
    "|---|--:|--:|--:|",
    ...rows.map((row) => `| ${cell(row.name)} | ${SPLITS.map((split) => count(row[split])).join(" | ")} |`),
    "",
  ];
}
