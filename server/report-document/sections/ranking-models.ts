import type { RankingByModel } from "../../contract/report-ranking.ts";
import { estimateCell, refused, whole } from "../cells.ts";
import { fold, guide, heading, list, type Part, paragraph, tablePart } from "../document.ts";
import { counted } from "../numbers.ts";
import type { ShowP } from "../shown-p.ts";
import { tableOf } from "../tables.ts";
import { fitParts } from "./ranking-strengths.ts";

const GUIDE =
  "The same by each model alone, and how far its order is that of the people: Kendall’s τ_b and Spearman’s ρ are 1 for the same " +
  "order, 0 for none in common and −1 for the opposite one. Their intervals are for other prompts, with these systems and these " +
  "annotators; where the order by either is uncertain, a correlation below 1 is to be expected of equal opinions.";

/** Rankings by models, each next to that of the people, with p values as `show` has them. */
export function modelParts(models: readonly RankingByModel[], show: ShowP): Part[] {
  if (models.length === 0) return [];
  return [
    heading("By models"),
    guide(GUIDE),
    tablePart(ordersTable(models)),
    ...models.map((model, i) =>
      fold(
        `Ranking by ${nameOf(model, models)}`,
        oneModel(model, { name: nameOf(model, models), key: `ranking-model-${i + 1}`, show }),
      ),
    ),
  ];
}

/** What a model is called: its group too, where another group has a model of the same name. */
const nameOf = ({ judge, group }: RankingByModel, all: readonly RankingByModel[]): string =>
  all.filter((one) => one.judge === judge).length > 1 ? `${judge} (${group})` : judge;

function oneModel(
  { judgments, prompts, outside, bradleyTerry }: RankingByModel,
  { name, key, show }: { name: string; key: string; show: ShowP },
): Part[] {
  const [, ...parts] = fitParts(`Bradley–Terry by ${name} (a tie is half a win)`, key, {
    fit: bradleyTerry,
    show,
  });
  return [
    paragraph(`From ${counted(judgments, "judgment")} on ${counted(prompts, "prompt")}.`),
    ...(outside.length > 0
      ? [list(outside.map(({ systems, says }) => `${systems.join(", ")}: ${says}`))]
      : []),
    ...parts,
  ];
}

const ordersTable = (models: readonly RankingByModel[]) =>
  tableOf<RankingByModel>({
    ...{
      key: "ranking-models",
      caption: "The order of the systems by a model and by people",
      first: "model",
    },
    ...{ rows: models, name: (one) => nameOf(one, models) },
    columns: [
      { label: "systems", cell: ({ withPeople }) => whole(withPeople.systems) },
      ...(
        [
          ["Kendall’s τ_b", "kendall"],
          ["Spearman’s ρ", "spearman"],
        ] as const
      ).map(([label, kind]) => ({
        label,
        cell: ({ withPeople }: RankingByModel) =>
          "notEstimable" in withPeople ? refused(withPeople) : estimateCell(withPeople[kind], "signed"),
      })),
    ],
  });
