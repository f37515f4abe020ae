import { SPLITS } from "../../contract/prompt-recipes.ts";
import type {
  PromptSet,
  PromptSets,
  PromptsLoaded,
  VersionKept,
  VersionsDiff,
} from "../../contract/prompt-sets.ts";
import { counted } from "../../report-document/numbers.ts";
import { inColumns, minuteOf } from "./columns.ts";

const whole = (value: number): string => value.toLocaleString("en");
const NAMES_SHOWN = 12;
const EXAMPLES_SHOWN = 5;
const EXAMPLE_CHARACTERS = 90;
const HASH_SHOWN = 12;

export function setsText({ sets }: PromptSets): string {
  if (sets.length === 0) return "No prompt set is kept. Keep one:\n  npx tiebreak prompts keep NAME FOLDER";
  return inColumns([
    ["set", "version", "prompts", "frozen", "title"],
    ...sets.map(({ set, title, latest }) => [
      ...[set, String(latest.version), whole(latest.prompts), minuteOf(latest.frozenAt), title],
    ]),
  ]);
}

export function keptText({ set, version, isNew, prompts, hash, ...counts }: VersionKept): string {
  const bySplit = SPLITS.filter((split) => counts[split] > 0).map(
    (split) => `${whole(counts[split])} ${split}`,
  );
  const what = `${counted(prompts, "prompt")} (${bySplit.join(", ")}), SHA-256 ${hash.slice(0, HASH_SHOWN)}…`;
  return isNew
    ? `Kept ${set}@${version}: ${what}\nNext:\n  npx tiebreak load STUDY --prompts ${set}@${version}`
    : `Nothing was kept: ${set}@${version} has exactly these prompts already. ${what}`;
}

export function setText({ set, title, versions, shown, decisions, uses }: PromptSet): string {
  const { counts } = shown;
  const tables = (["sources", "groups", "tags", "licences"] as const).flatMap((kind) => {
    const rows = counts[kind];
    if (rows.length === 0) return [];
    const listed = rows
      .slice(0, NAMES_SHOWN)
      .map((row) => [row.name, ...SPLITS.map((split) => whole(row[split]))]);
    const more = rows.length > NAMES_SHOWN ? [`… and ${whole(rows.length - NAMES_SHOWN)} more`] : [];
    return ["", inColumns([[kind, ...SPLITS], ...listed]), ...more];
  });
  return [
    `${set}: ${title}`,
    "",
    inColumns([
      ["version", "prompts", "frozen", "reason", "by"],
      ...versions.map((one) => [
        ...[String(one.version), whole(one.prompts), minuteOf(one.frozenAt), one.reason, one.by],
      ]),
    ]),
    "",
    `Version ${shown.version}: ${counted(counts.prompts, "prompt")} (${SPLITS.map((split) => `${whole(counts[split])} ${split}`).join(", ")})${shown.edited ? ", changed after they were built" : ""}`,
    ...tables,
    ...(decisions.length > 0 ? ["", "Decisions:"] : []),
    ...decisions.map(
      (one) =>
        `  ${minuteOf(one.at)} ${one.by}: ${one.decision} ${one.prompt} (version ${one.version}): ${one.reason}`,
    ),
    ...(uses.length > 0 ? ["", "Studies that took prompts of it:"] : []),
    ...uses.map(
      (use) =>
        `  ${minuteOf(use.at)} ${use.study}: ${counted(use.prompts, "prompt")} of version ${use.version}, ${use.split ?? "all splits"}`,
    ),
  ].join("\n");
}

const KINDS = [
  ["added", "added"],
  ["removed", "removed"],
  ["texts", "with another text"],
  ["responses", "with another response"],
  ["splits", "in another split"],
  ["tags", "with other tags"],
  ["other", "with another source, group, licence, address or field"],
] as const;

export function diffText(diff: VersionsDiff): string {
  const { set, from, to, same } = diff;
  const changed = KINDS.filter(([kind]) => diff[kind].prompts > 0);
  return [
    `${set}, version ${from} to ${to}: ${counted(same, "prompt")} the same`,
    ...changed.map(([kind, words]) => `${whole(diff[kind].prompts)} ${words}`),
    ...changed.flatMap(([kind, words]) => {
      const { prompts, examples } = diff[kind];
      const more = prompts - Math.min(prompts, EXAMPLES_SHOWN);
      return [
        ...["", `${words}:`],
        ...examples.slice(0, EXAMPLES_SHOWN).map((one) => `  ${one.id}: ${exampleText(one)}`),
        ...(more > 0 ? [`  … and ${whole(more)} more`] : []),
      ];
    }),
  ].join("\n");
}

function exampleText({ before, after }: { before: string; after: string }): string {
  if (before === "") return short(after);
  return after === "" ? short(before) : `${short(before)} → ${short(after)}`;
}

function short(text: string): string {
  const characters = [...text.replace(/\s+/g, " ").trim()];
  return characters.length > EXAMPLE_CHARACTERS
    ? `“${characters.slice(0, EXAMPLE_CHARACTERS - 1).join("")}…”`
    : `“${characters.join("")}”`;
}

/** What was taken of a version, and what studies have of it already. */
export function drawnText({
  set,
  version,
  split,
  from,
  taken,
  used,
  usedBy,
}: PromptsLoaded["drawn"]): string {
  const what = `${whole(taken)} of ${counted(from, "prompt")} of ${set}@${version}, ${split ?? "all splits"}.`;
  if (used === 0) return `${what} No study had any of these prompts before.`;
  const studies = usedBy.map(({ study, prompts }) => `${study} (${whole(prompts)})`).join(", ");
  return `${what} ${whole(used)} of the ${whole(from)} ${used === 1 ? "was" : "were"} in studies already: ${studies}.`;
}
