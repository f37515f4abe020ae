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
    ...overlapLines(built),
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

function sourceLines(one: SourceBuilt): string[] {
  const { source, tally, candidates, steps, eligible, drawn } = one;
  const rest = [...tally.notTaken].map(([why, n]) => `${count(n)} ${why}`);
  const unreadable = tally.unreadableRows.map(({ file, line, why }) => `    ${file}, line ${line}: ${why}`);
  return [
    `${source.name}: ${count(tally.rows)} rows, ${count(candidates)} candidates${rest.length > 0 ? ` (${rest.join(", ")})` : ""}`,
    ...(tally.unreadable > 0 ? [`  ${count(tally.unreadable)} rows cannot be read:`, ...unreadable] : []),
    ...tally.remarks.map((remark) => `  ${remark}`),
    ...steps.flatMap(({ name, came, dropped, flagged }) => [
      `  ${name}: ${count(came)} → ${count(came - droppedOf(dropped))}`,
      ...[...dropped]
        .sort(([, a], [, b]) => b.count - a.count)
        .flatMap(([why, { count: n, examples }]) => [
          `    ${count(n)} × ${why}`,
          ...examples.map((example) => `      ${shortened(example)}`),
        ]),
      ...[...flagged].map(
        ([what, { count: n, examples }]) =>
          `    flagged: ${count(n)} × ${what} (${examples.join(", ")}${n > examples.length ? ", …" : ""})`,
      ),
    ]),
    `  drawn: ${SPLITS.flatMap((split) => (source.draw.into[split] > 0 ? [`${count(drawn[split])} of ${count(source.draw.into[split])} ${split}`] : [])).join(", ")}, of ${count(eligible)} left`,
    ...passedOverLines(one),
    "",
  ];
}

/** What was passed over in drawing; with the first few of those that are nearly the same. */
function passedOverLines({ source, same, near }: SourceBuilt): string[] {
  const alike = near
    .slice(0, NEAR_SHOWN)
    .map(
      (one) =>
        `    ${source.name}/${one.passedOver} is ${one.similarity.toFixed(2)} of 1 like ${one.source}/${one.id}`,
    );
  return [
    ...(same > 0 ? [`  passed over: ${count(same)} with the same text as a prompt of the set`] : []),
    ...(near.length > 0
      ? [`  passed over: ${count(near.length)} nearly the same as a prompt of the set`]
      : []),
    ...alike,
  ];
}

const NEAR_SHOWN = 3;

/** By file, how many prompts overlap with it. */
const overlapLines = ({ overlap }: Built): string[] =>
  overlap === null
    ? []
    : overlap.found.map(
        ({ name, rows, unreadable, found }) =>
          `Overlap with ${name} (${count(rows)} rows${unreadable > 0 ? `, ${count(unreadable)} unreadable` : ""}): ${found.length === 0 ? "none found" : `${count(found.length)} prompts, see the datasheet`}.`,
      );

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
export const builtJson = (
  { recipe, seed, sources, items, overlap }: Built,
  written: Written | null,
): object => ({
  recipe: recipe.name,
  seed,
  prompts: items.length,
  sources: sources.map(({ source, tally, candidates, steps, eligible, drawn, files, ...one }) => ({
    name: source.name,
    kind: source.kind,
    files,
    rows: tally.rows,
    unreadable: tally.unreadable,
    unreadableRows: tally.unreadableRows,
    notTaken: Object.fromEntries(tally.notTaken),
    candidates,
    remarks: tally.remarks,
    steps: steps.map(({ name, words, came, dropped, flagged }) => ({
      name,
      words,
      came,
      dropped: Object.fromEntries(dropped),
      flagged: Object.fromEntries(flagged),
    })),
    eligible,
    drawn,
    wanted: source.draw.into,
    strata: one.strata,
    passedOver: { same: one.same, near: one.near },
  })),
  overlap:
    overlap &&
    overlap.found.map(({ found, ...file }) => ({
      ...file,
      found: found.map(({ prompt, ...how }) => {
        const { source, split, candidate } = items[prompt]!;
        return { prompt: `${source.name}/${candidate.id}`, split, ...how };
      }),
    })),
  written,
});
