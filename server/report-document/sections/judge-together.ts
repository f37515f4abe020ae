import type { Judge } from "../../contract/report-judges.ts";
import { estimateCell, number, refused, whole } from "../cells.ts";
import { guide, type Lead, type Part, tablePart } from "../document.ts";
import { firstOf, MOST_PAIRS, rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { RATE, RATE_FIRST } from "../words.ts";

type Pair = NonNullable<Judge["together"]>[number];

const GUIDE =
  `People judged some of the prompts, the model others too. The ${RATE} of people over all of them can be estimated more ` +
  "precisely with its verdicts, whose errors are measured where people judged, so it holds even if the model is wrong. It takes that " +
  "the prompts of people were drawn at random from all, which these figures cannot prove, and it is about these annotators alone. " +
  "The figure of people alone stays the result; the weight of the model is 0 where it does not help.";

/** Each pair's rate of people alone, and with the help of a model that judged more prompts. */
export function togetherParts(
  pairs: readonly Pair[],
  { of, i, group }: { of: string; i: number; group: string },
): Part[] {
  if (pairs.length === 0) return [];
  const target = targetOf({ pairs });
  const table = tableOf<Pair>({
    ...{ key: `judges-together-${i}`, of, first: firstOf(target), rows: pairs },
    caption: `${RATE_FIRST}, mean over prompts, by people alone and with the model’s help`,
    name: (pair) => rowName(pair, target),
    to: ({ system, against }): Lead => ({ system, against, also: group }),
    most: {
      ...MOST_PAIRS,
      are: "pairs with the most prompts of people",
      weight: (pair) => pair.promptsOfPeople,
    },
    columns: [
      { label: "prompts of people", cell: (pair) => whole(pair.promptsOfPeople) },
      { label: "other prompts", cell: (pair) => whole(pair.otherPrompts) },
      { label: "people alone", cell: (pair) => estimateCell(pair.people) },
      {
        label: "with the model",
        cell: ({ withModel, people }) =>
          "value" in withModel
            ? estimateCell({ ...withModel, n: "n" in people ? (people.n ?? 0) : 0 })
            : refused(withModel),
      },
      {
        label: "weight of the model",
        cell: ({ withModel: one }) => ("value" in one ? number(one.lambda) : refused(one)),
      },
      {
        label: "worth prompts of people",
        cell: ({ withModel: one }) => ("value" in one ? whole(one.worth) : refused(one)),
      },
    ],
  });
  return [guide(GUIDE), tablePart(table)];
}
