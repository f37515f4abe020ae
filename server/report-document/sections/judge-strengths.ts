import type { Judge } from "../../contract/report-judges.ts";
import { none, number, whole, words } from "../cells.ts";
import { heading, paragraph, type Part, tablePart } from "../document.ts";
import { type TableColumn, tableOf } from "../tables.ts";

type Calls = NonNullable<Judge["calls"]>;
type Row = NonNullable<Calls["strengths"]>[number];

const NOT_ASKED = none("it was not asked for this");
const STEPS = ["much better", "slightly better", "equal", "slightly worse", "much worse"];

/** By how much a judge preferred, where it was asked for five steps or its probabilities were read. */
export function strengthParts(name: string, { strengths = [] }: Calls): Part[] {
  if (strengths.length === 0) return [];
  const hasSteps = strengths.some(({ steps }) => steps !== null);
  const hasPreference = strengths.some(({ preference }) => preference !== null);
  const columns: TableColumn<Row>[] = [
    { label: "against", cell: ({ against }) => words(against), words: true },
    { label: "replies", cell: ({ replies }) => whole(replies) },
    ...(hasPreference
      ? [
          {
            label: "mean preference",
            cell: ({ preference }: Row) => (preference === null ? NOT_ASKED : number(preference, "rate")),
          },
        ]
      : []),
    ...(hasSteps
      ? STEPS.map((label, step) => ({
          label,
          cell: ({ steps }: Row) => (steps === null ? NOT_ASKED : whole(steps[step]!)),
        }))
      : []),
  ];
  return [
    heading(`By how much ${name} preferred`),
    paragraph(
      [
        "Every reply counts here, each order and each sample separately; a verdict has only its option.",
        ...(hasPreference
          ? [
              "The mean preference weighs the two options by their probabilities, as AlpacaEval 2’s weighted win rate " +
                "does; it is not corrected for length, and has no interval.",
            ]
          : []),
      ].join(" "),
    ),
    tablePart(
      tableOf<Row>({
        ...{ key: "judges-strengths", caption: `Strength of ${name}’s preferences`, rows: strengths },
        ...{ first: "system", columns },
        name: ({ system }) => system,
      }),
    ),
  ];
}
