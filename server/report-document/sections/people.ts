import type { People } from "../../contract/report-people.ts";
import { whole } from "../cells.ts";
import { heading, type Item, list, type Part, tablePart } from "../document.ts";
import { minimumTimeSays, repeatsSay, ruleSays, SIGNAL_WORDS, SIGNS_SAY, thenSays } from "../rule-words.ts";
import { tableOf } from "../tables.ts";

/** How people were let in and looked after, and how far they came; nothing where the study has nothing of it. */
export function peopleParts(people: People | undefined): Part[] {
  if (people === undefined) return [];
  const conditions = conditionsOf(people);
  return [
    heading("How annotators took part"),
    ...(conditions.length > 0 ? [list(conditions)] : []),
    tablePart(table(people)),
  ];
}

const line = (strong: string, text: string): Item => ({ strong, text: `${strong}: ${text}` });

function conditionsOf({ stages, rules, repeats, minimumTime, signs, unseenPrompts }: People): Item[] {
  return [
    ...(stages.length > 0 ? [line("Before the first pair", stages.join(", "))] : []),
    ...rules.map((rule) => line("Rule", `${ruleSays(rule)}: ${thenSays(rule)}`)),
    ...(repeats ? [line("Repeats", repeatsSay(repeats))] : []),
    ...(minimumTime ? [line("Least time", minimumTimeSays(minimumTime))] : []),
    ...(signs ? [line("Signs", SIGNS_SAY)] : []),
    ...(unseenPrompts
      ? [
          line(
            "Prompts",
            "nobody from a platform got one that they had seen in another study on the same server",
          ),
        ]
      : []),
  ];
}

/** One line of the table; null: the study has no such stage. */
type Row = readonly [name: string, annotators: number | null];

/** What is always shown, and what is where the study has such a stage or it happened. */
const rowsOf = (people: People): readonly Row[] => [
  ["came", people.came],
  ["agreed to the consent", people.agreed],
  ["did not agree", people.refused],
  ["screened out by an answer", people.screenedOut],
  ["failed the qualification", people.failedQualification],
  ["warned by a rule", whereRules(people, people.warned)],
  ["paused by a rule until a person had looked", whereRules(people, people.paused)],
  ...people.ended.map(({ signal, annotators }): Row => [
    signal === null
      ? "ended by a person, no rule having paused them"
      : `ended by a person after a rule about ${SIGNAL_WORDS[signal]}`,
    annotators,
  ]),
  ["stopped early", people.stopped],
  ["were sent back because their time had run out", happened(people.timedOut)],
  ["withdrew", people.withdrawn],
  ["were erased", people.erased],
];

const happened = (annotators: number): number | null => (annotators === 0 ? null : annotators);
const whereRules = ({ rules }: People, annotators: number): number | null =>
  rules.length === 0 ? happened(annotators) : annotators;

const table = (people: People) =>
  tableOf<{ name: string; annotators: number }>({
    ...{ key: "people", caption: "How far people came (models are not counted)", first: "annotators who" },
    rows: rowsOf(people).flatMap(([name, annotators]) => (annotators === null ? [] : [{ name, annotators }])),
    name: ({ name }) => name,
    columns: [{ label: "annotators", cell: ({ annotators }) => whole(annotators) }],
  });
