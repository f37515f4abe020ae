import { SPLITS, type Split } from "../../contract/prompt-recipes.ts";
import type { Built, Item, SourceBuilt } from "../build.ts";
import { diversityOf } from "../diversity.ts";
import { foundWords } from "../overlap/find-overlap.ts";
import { LONG_RUN, RUN } from "../overlap/prompt-index.ts";
import { shortName } from "../short-name.ts";
import { idOf } from "./prompts.ts";
import { count, table } from "./tables.ts";

/** So many of a list are named. */
const NAMED_MAX = 50;

/** What was noticed in the prompts of a set, and how diverse they are: sections of the datasheet. */
export const screenSections = (built: Built): string[] => [
  ...languages(built.items),
  ...flags(built.items),
  ...overlap(built),
  ...diversity(built.items),
];

/** How many items of each split have each of their names. */
function bySplit(items: readonly Item[], namesOf: (item: Item) => readonly string[]): string[][] {
  const counts = new Map<string, Record<Split, number>>();
  for (const item of items)
    for (const name of new Set(namesOf(item))) {
      const own = counts.get(name) ?? { train: 0, dev: 0, test: 0 };
      own[item.split]++;
      counts.set(name, own);
    }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => [name, ...SPLITS.map((split) => count(own[split]))]);
}

function languages(items: readonly Item[]): string[] {
  if (items.every(({ candidate }) => candidate.language === null)) return [];
  return [
    "## Languages",
    "",
    ...table(
      ["language", ...SPLITS],
      bySplit(items, ({ candidate }) => [candidate.language ?? "not looked at"]),
    ),
    "As their source names it, else by the frequencies of letters, which is often wrong for a few words; “unsure” where it says so itself.",
    "",
  ];
}

function flags(items: readonly Item[]): string[] {
  const own = ({ candidate }: Item) => candidate.flags.filter(({ by }) => by !== "overlap");
  if (items.every((item) => own(item).length === 0)) return [];
  return [
    "## Flags",
    "",
    ...table(
      ["noticed", ...SPLITS],
      bySplit(items, (item) => own(item).map(({ by, what }) => `${by}: ${what}`)),
    ),
    "Prompts with these are in the set; each is flagged in its file. Patterns miss things, and take things for what they are not.",
    "",
  ];
}

function overlap({ items, overlap: compared }: Built): string[] {
  if (compared === null) return [];
  const percent = Math.round(compared.share * 100);
  const short = (words: number): number => compared.lengths.filter((length) => length < words).length;
  const rows = compared.found.map(({ name, rows: read, unreadable, found }) => {
    const by = (rule: string): string => count(found.filter((one) => one.rule === rule).length);
    return [shortName(name), count(read), count(unreadable), by("same"), by("share"), by("long-run")];
  });
  const lines = compared.found.flatMap((file) =>
    file.found.map((one) => {
      const { source, split, candidate } = items[one.prompt]!;
      return `- \`${idOf(source.name, candidate.id)}\` (${split}): ${foundWords(file, one)}`;
    }),
  );
  return [
    "## Overlap with other texts",
    "",
    ...table(
      [
        ...["file", "rows", "unreadable", "the same text"],
        ...[`over ${percent} % in runs of ${RUN} words`, `${LONG_RUN} words in a row`],
      ],
      rows,
    ),
    `Each prompt counts once per file, under the first rule that it meets. Case, punctuation and white space are left aside. ${shortWords(short(RUN), short(LONG_RUN), items.length)} ` +
      "No overlap found is no proof of none: paraphrases and translations share no runs of words, and only these files were compared.",
    "",
    ...named(lines),
  ];
}

const shortWords = (underRun: number, underLong: number, all: number): string =>
  `Of the ${count(all)} prompts, ${count(underRun)} have fewer than ${RUN} words, so only the same text can be found of them, and ${count(underLong)} have fewer than ${LONG_RUN}.`;

const named = (lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [
        ...lines.slice(0, NAMED_MAX),
        ...(lines.length > NAMED_MAX ? [`- and ${count(lines.length - NAMED_MAX)} more`] : []),
        "",
      ];

function diversity(items: readonly Item[]): string[] {
  const rows = SPLITS.flatMap((split) => {
    const own = items.filter((item) => item.split === split);
    if (own.length === 0) return [];
    const { distinct1, distinct2, nearest, groups } = diversityOf(
      own.map(({ source, candidate }) => ({
        text: candidate.texts.prompt ?? "",
        group: `${source.name}/${candidate.group}`,
      })),
    );
    const shown = (value: number | null): string => value?.toFixed(2) ?? "–";
    return [
      [split, count(own.length), shown(distinct1), shown(distinct2), shown(nearest), groups.toFixed(1)],
    ];
  });
  return [
    "## Diversity of prompts",
    "",
    ...table(
      ["split", "prompts", "distinct-1", "distinct-2", "nearest prompt", "effective number of groups"],
      rows,
    ),
    "Distinct-n: different n-grams of words by all of them (Li et al. 2016); it falls as texts grow, so compare sets of the same size. Nearest " +
      "prompt: the mean similarity to the prompt most like it, 0 to 1 (5 characters in a row, Jaccard; not computed for more than 2,000). Effective " +
      "number of groups: e to the power of the entropy of sources and their groups (Hill 1973).",
    "",
  ];
}

/** What a stratified draw took of each combination. */
export function strataTable({ source, strata }: SourceBuilt): string[] {
  if (strata.length === 0) return [];
  const splits = SPLITS.filter((split) => source.draw.into[split] > 0);
  return [
    ...table(
      [
        source.draw.strata.join(" × "),
        "left by the steps",
        ...splits.map((split) => `${split}: drawn of its share`),
      ],
      strata.map(({ name, eligible, quota, drawn }) => [
        name,
        count(eligible),
        ...splits.map((split) => `${count(drawn[split])} of ${count(quota[split])}`),
      ]),
    ),
  ];
}

/** What was passed over in drawing, since the set has it already. */
export function passedOver({ source, same, near }: SourceBuilt): string[] {
  if (same === 0 && near.length === 0) return [];
  const equal = same === 0 ? [] : [`${count(same)} with the same text as a prompt of the set`];
  const alike = near.length === 0 ? [] : [`${count(near.length)} nearly the same as one`];
  return [
    `Passed over in drawing: ${[...equal, ...alike].join(", ")}${near.length > 0 ? ":" : "."}`,
    "",
    ...named(
      near.map(
        ({ passedOver: id, source: other, id: otherId, similarity }) =>
          `- \`${idOf(source.name, id)}\`: ${similarity.toFixed(2)} of 1 like \`${idOf(other, otherId)}\``,
      ),
    ),
  ];
}
