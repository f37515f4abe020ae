import path from "node:path";
import { SPLITS } from "../../contract/prompt-recipes.ts";
import { asWord } from "../../report-document/as-word.ts";
import type { Built, SourceBuilt } from "../../prompt-sets/build.ts";
import { isUnanswered } from "../../prompt-sets/write/prompts.ts";

interface Written {
  readonly folder: string;
  readonly files: readonly string[];
}

const count = (value: number): string => value.toLocaleString("en");
const droppedOf = (dropped: SourceBuilt["steps"][number]["dropped"]): number =>
  [...dropped.values()].reduce((sum, one) => sum + one.count, 0);

/** What was built, for a terminal: per source what came in, what each rule dropped and why, and what was drawn. */
export function builtText(built: Built, written: Written | null): string {
  const { items, seed, sources, recipe } = built;
  const bySplit = SPLITS.flatMap((split) => {
    const n = items.filter((item) => item.split === split).length;
    return n === 0 ? [] : [`${count(n)} ${split}`];
  });
  return [
    ...sources.flatMap(sourceLines),
    `${count(items.length)} prompts (${bySplit.join(", ")}), with the seed ${seed}.`,
    ...unmetLines(built),
    ...unansweredLines(built),
    written === null
      ? "Nothing was written: this was a dry run."
      : `Written to ${written.folder}: ${written.files.join(", ")}.`,
    ...(written !== null && items.some(({ split }) => split === "test")
      ? [
          `Next: npx tiebreak study create ${asWord(recipe.name)}, then npx tiebreak load ${asWord(recipe.name)} ${asWord(path.join(written.folder, "test.prompts.jsonl"))}`,
        ]
      : []),
  ].join("\n");
}

function sourceLines({ source, tally, candidates, steps, eligible, drawn }: SourceBuilt): string[] {
  const rest = [...tally.notTaken].map(([why, n]) => `${count(n)} ${why}`);
  const unreadable = tally.unreadableRows.map(({ file, line, why }) => `    ${file}, line ${line}: ${why}`);
  return [
    `${source.name}: ${count(tally.rows)} rows, ${count(candidates)} candidates${rest.length > 0 ? ` (${rest.join(", ")})` : ""}`,
    ...(tally.unreadable > 0 ? [`  ${count(tally.unreadable)} rows cannot be read:`, ...unreadable] : []),
    ...steps.flatMap(({ name, came, dropped }) => [
      `  ${name}: ${count(came)} → ${count(came - droppedOf(dropped))}`,
      ...[...dropped]
        .sort(([, a], [, b]) => b.count - a.count)
        .flatMap(([why, { count: n, examples }]) => [
          `    ${count(n)} × ${why}`,
          ...examples.map((one) => `      ${shortened(one)}`),
        ]),
    ]),
    `  drawn: ${SPLITS.flatMap((split) => (source.draw.into[split] > 0 ? [`${count(drawn[split])} of ${count(source.draw.into[split])} ${split}`] : [])).join(", ")}, of ${count(eligible)} left`,
    "",
  ];
}

const SHOWN = 90;
const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
};

/** Quotas that the sources could not fill, by name. */
function unmetLines({ sources }: Built): string[] {
  const unmet = sources.flatMap(({ source, drawn }) =>
    SPLITS.flatMap((split) => {
      const missing = source.draw.into[split] - drawn[split];
      return missing > 0 ? [`${count(missing)} ${split} of ${source.name}`] : [];
    }),
  );
  return unmet.length === 0 ? [] : [`Fewer than the recipe asks for: ${unmet.join(", ")}.`];
}

function unansweredLines({ items }: Built): string[] {
  const n = items.filter(isUnanswered).length;
  return n === 0 ? [] : [`Without a response, so in no conversation for training: ${count(n)} train.`];
}

/** The same as JSON. */
export const builtJson = ({ recipe, seed, sources, items }: Built, written: Written | null): object => ({
  recipe: recipe.name,
  seed,
  prompts: items.length,
  sources: sources.map(({ source, tally, candidates, steps, eligible, drawn, files }) => ({
    name: source.name,
    kind: source.kind,
    files,
    rows: tally.rows,
    unreadable: tally.unreadable,
    unreadableRows: tally.unreadableRows,
    notTaken: Object.fromEntries(tally.notTaken),
    candidates,
    steps: steps.map(({ name, words, came, dropped }) => ({
      name,
      words,
      came,
      dropped: Object.fromEntries(dropped),
    })),
    eligible,
    drawn,
    wanted: source.draw.into,
  })),
  written,
});
