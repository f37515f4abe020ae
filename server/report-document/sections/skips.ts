import type { Report } from "../../contract/report.ts";
import type { Skips } from "../../contract/report-skips.ts";
import type { SkipReason } from "../../contract/words.ts";
import { estimateCell, whole, words } from "../cells.ts";
import {
  fold,
  guide,
  heading,
  paragraph,
  type Part,
  type Section,
  sectionOf,
  tablePart,
} from "../document.ts";
import { counted } from "../numbers.ts";
import { firstOf, MOST_PAIRS, onlyGroup, rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { ALL_PEOPLE, MEANS, RATE_FIRST, SKIP_REASONS } from "../words.ts";

const BOUNDS =
  "Each counts as one further judgment. Whatever those who skipped would have chosen, the rate lies between the one with " +
  "all as losses and the one with all as wins.";

const NOTHING_SKIPPED = "No annotator who counts reported a pair that cannot be judged.";

/** What annotators could not judge, and how far it could move the headline. */
export function skipsSection(skips: Skips, report: Pick<Report, "analysis" | "groups">): Section {
  const skipped = skips.skipped === 0 ? [] : [tablePart(systemTable(skips)), ...bounds(skips, report)];
  return sectionOf("skips", skips.skipped === 0 ? NOTHING_SKIPPED : extent(skips), [
    ...skipped,
    ...(skips.flags ? flagParts(skips.flags) : []),
    ...(skips.guesses ? guessParts(skips.guesses) : []),
    ...(skips.written ? writtenParts(skips.written) : []),
  ]);
}

function extent({ skipped, comparisons, annotators, neverJudged }: Skips): string {
  const never =
    neverJudged === 0
      ? ""
      : ` Of ${counted(neverJudged, "comparison")} of these there is no judgment at all.`;
  const who = `${counted(annotators, "annotator")} could not judge what they were shown`;
  return `${counted(skipped, "time")}, on ${counted(comparisons, "comparison")}: ${who}. None is in a rate.${never}`;
}

const systemTable = ({ bySystem }: Skips) =>
  tableOf<Skips["bySystem"][number]>({
    ...{ key: "skips-systems", caption: "Pairs that could not be judged, by system and reason" },
    ...{ first: "system", rows: bySystem, name: ({ system }) => system },
    columns: [
      { label: "all", cell: ({ skipped }) => whole(skipped) },
      ...(Object.keys(SKIP_REASONS) as SkipReason[]).map((reason) => ({
        label: SKIP_REASONS[reason],
        cell: ({ reasons }: Skips["bySystem"][number]) => whole(reasons[reason]),
      })),
    ],
  });

type Flags = NonNullable<Skips["flags"]>;

function flagParts({ answers, annotators, bySystem, byPrompt }: Flags): Part[] {
  const extent = `${counted(annotators, "annotator")} flagged something with ${counted(answers, "answer")}. A flag changes no figure.`;
  const flags = [...new Set(bySystem.map(({ flag }) => flag))];
  const systems = [...new Set(bySystem.map(({ system }) => system))];
  const bySystemAndFlag = tableOf<string | null>({
    ...{ key: "flags-systems", caption: "Flags, by system", first: "system", rows: systems },
    name: (system) => system ?? "(the prompt)",
    columns: flags.map((name) => ({
      label: flagWords(name),
      cell: (system) => whole(bySystem.find((one) => one.system === system && one.flag === name)?.count ?? 0),
    })),
  });
  const prompts = tableOf<Flags["byPrompt"][number]>({
    ...{ key: "flags-prompts", caption: "Flags, by prompt", first: "prompt", rows: byPrompt },
    name: ({ prompt }) => prompt,
    most: { rows: FLAGGED_MOST, are: "rows with the most flags", weight: ({ count }) => count },
    columns: [
      { label: "of", cell: ({ system }) => words(system ?? "the prompt"), words: true },
      { label: "flag", cell: ({ flag }) => words(flagWords(flag)), words: true },
      { label: "answers", cell: ({ count }) => whole(count) },
    ],
  });
  return [
    heading("Flags"),
    paragraph(extent),
    tablePart(bySystemAndFlag),
    fold("By prompt", [tablePart(prompts)]),
  ];
}

/** Whether blinding held, as annotators saw it. */
function guessParts({ yes, some, no }: NonNullable<Skips["guesses"]>): Part[] {
  const all = counted(yes + some + no, "annotator");
  return [
    heading("Could annotators tell the systems?"),
    paragraph(`Asked at the end, ${all} answered: yes ${yes}, sometimes ${some}, no ${no}.`),
  ];
}

/** How much people wrote; what they wrote is in no report. */
function writtenParts({ comments, messages }: NonNullable<Skips["written"]>): Part[] {
  const own = comments
    ? [
        `${counted(comments.annotators, "annotator")} wrote ${counted(comments.comments, "comment")} with answers.`,
      ]
    : [];
  const sent = messages
    ? [
        `${counted(messages.annotators, "annotator")} wrote ${counted(messages.fromAnnotators, "message")} to the owner, ` +
          `who wrote ${counted(messages.fromOwner, "message")} to annotators.`,
      ]
    : [];
  return [heading("Comments and messages"), paragraph([...own, ...sent].join(" "))];
}

/** More are not read. */
const FLAGGED_MOST = 100;
const FLAG_WORDS: Readonly<Record<string, string>> = { names_maker: "names its maker" };
const flagWords = (flag: string): string => FLAG_WORDS[flag] ?? flag;

type PairBounds = Skips["pairs"][number];

function bounds(skips: Skips, report: Pick<Report, "analysis" | "groups">): Part[] {
  const pairs = skips.pairs.filter(({ group }) => group === null || !onlyGroup(report, group));
  if (pairs.length === 0) return [];
  const target = targetOf({ pairs });
  const { estimate } = report.analysis;
  const table = tableOf<PairBounds>({
    key: "skips",
    caption: `${RATE_FIRST}, ${MEANS[estimate]}: as judged, and with all that could not be judged as losses and as wins`,
    ...{ first: firstOf(target), rows: pairs },
    name: (pair) => `${rowName(pair, target)}, ${pair.group ?? ALL_PEOPLE}`,
    most: { ...MOST_PAIRS, weight: ({ skipped }) => skipped },
    columns: [
      { label: "not judged", cell: ({ skipped }) => whole(skipped) },
      { label: "judgments", cell: ({ asJudged }) => whole(asJudged.judgments) },
      { label: "as judged", cell: ({ asJudged }) => estimateCell(asJudged[estimate]) },
      { label: "all losses", cell: ({ allLosses }) => estimateCell(allLosses[estimate]) },
      { label: "all wins", cell: ({ allWins }) => estimateCell(allWins[estimate]) },
    ],
  });
  return [guide(BOUNDS), tablePart(table)];
}
