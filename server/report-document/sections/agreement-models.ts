import type { Agreement } from "../../contract/report-agreement.ts";
import type { Estimate } from "../../contract/report-estimates.ts";
import { estimateCell, whole } from "../cells.ts";
import { fold, guide, heading, list, type Part, type Table, tablePart } from "../document.ts";
import { counted, decimal, estimateText } from "../numbers.ts";
import { tableOf } from "../tables.ts";
import { besideCell, CONSTANT } from "./agreement-words.ts";
import { ALL_PEOPLE } from "../words.ts";
import { alternativeParts } from "./alternative-annotator.ts";

type WithPeople = Agreement["modelAndHuman"][number];
type Compared = NonNullable<WithPeople["exact"]>;

const GUIDE =
  "On the comparisons that the model and two people or more judged. Chance: what agreement would be if the model and people " +
  "chose independently, each with their own shares of choices; kappa is agreement beyond chance, 0 for chance and 1 for full " +
  "agreement. Half a point for every tie favours whoever often chooses a tie, so look at exact agreement and at decisive " +
  "judgments, too. The difference is paired by comparison.";

/** Models beside people, where there is a model: does it agree with people as they do with each other? */
export function modelParts({ modelAndHuman, alternativeAnnotator }: Agreement): Part[] {
  if (modelAndHuman.length === 0) return alternativeParts(alternativeAnnotator);
  return [
    heading("Models and people"),
    guide(GUIDE),
    list(modelAndHuman.filter(({ against }) => against === null).map(modelText)),
    fold("Models with people and with each group, by measure", tablesOf(modelAndHuman).map(tablePart)),
    ...alternativeParts(alternativeAnnotator),
  ];
}

/** One model with all people, by every measure, in a sentence. */
function modelText({ model, comparisons, constant, exact, nonTie, ...tieDiscounted }: WithPeople): string {
  const { modelHuman, humanHuman } = tieDiscounted;
  if (!("value" in modelHuman)) return `${model}: not estimable, ${modelHuman.notEstimable}.`;
  const people = "value" in humanHuman ? `; people agree ${decimal(humanHuman.value)} with each other` : "";
  const same = constant === undefined || constant === null ? "" : ` It is constant: ${CONSTANT[constant]}.`;
  if (exact === undefined || nonTie === undefined)
    return `${model}: ${estimateText(modelHuman)} tie-discounted on ${counted(comparisons, "comparison")}${people}.`;
  const decisive =
    "value" in nonTie.modelHuman
      ? `where neither chooses a tie ${agreementText(nonTie)}, over ${counted(nonTie.modelHuman.n ?? 0, "pair")}`
      : "no pair of judgments in which both decide";
  return (
    `${model}, on ${counted(comparisons, "comparison")}: tie-discounted ` +
    `${agreementText({ ...tieDiscounted, chance: tieDiscounted.chance ?? null, kappa: tieDiscounted.kappa! })}${people}. ` +
    `Exact ${agreementText(exact)}${"value" in exact.humanHuman ? `; people ${decimal(exact.humanHuman.value)}` : ""}. ` +
    `Decisive: ${decisive}.${same}`
  );
}

/** `.602 where chance gives .523, kappa .165 [.072, .255]`. */
function agreementText({
  modelHuman,
  chance,
  kappa,
}: Pick<Compared, "modelHuman" | "chance" | "kappa">): string {
  const beside = chance === null ? "" : ` where chance gives ${decimal(chance)}`;
  const beyond = "value" in kappa ? `, kappa ${estimateText(kappa)}` : "";
  return `${"value" in modelHuman ? decimal(modelHuman.value) : "–"}${beside}${beyond}`;
}

interface MeasureOf {
  readonly label: string;
  readonly key: string;
  /** What the first column counts. */
  readonly counts: string;
  readonly of: (row: WithPeople) => Partial<Compared> & Pick<Compared, "modelHuman">;
}

const MISSING = { notEstimable: "an older report" };
const MEASURES: readonly MeasureOf[] = [
  { label: "tie-discounted", key: "agreement-models", counts: "comparisons", of: (row) => row },
  {
    ...{ label: "exact", key: "agreement-models-exact", counts: "comparisons" },
    of: ({ exact }) => exact ?? { modelHuman: MISSING },
  },
  {
    ...{ label: "where neither chooses a tie", key: "agreement-models-non-tie", counts: "pairs" },
    of: ({ nonTie }) => nonTie ?? { modelHuman: MISSING },
  },
];

/** One table a measure, so that each fits a page. */
function tablesOf(rows: readonly WithPeople[]): Table[] {
  const made = rows.every(({ exact }) => exact !== undefined) ? MEASURES : MEASURES.slice(0, 1);
  return made.map(({ label, key, counts, of }) => {
    const cell = (name: "modelHuman" | "kappa" | "humanHuman" | "difference") => (row: WithPeople) =>
      estimateCell(of(row)[name] ?? MISSING, name === "difference" ? "signed" : "rate");
    return tableOf<WithPeople>({
      ...{ key, caption: `Agreement of models with people, and of people with people: ${label}`, rows },
      ...{ first: "model", name: ({ model, against }) => `${model} with ${against ?? ALL_PEOPLE}` },
      to: ({ model, against }) => ({ group: against ?? undefined, also: model, together: "yes" }),
      columns: [
        { label: counts, cell: (row) => countOf(row, of(row).modelHuman, counts) },
        { label: "model–human", cell: cell("modelHuman") },
        { label: "chance", cell: (row) => besideCell(of(row).modelHuman, of(row).chance) },
        { label: "kappa", cell: cell("kappa") },
        { label: "human–human", cell: cell("humanHuman") },
        { label: "difference", cell: cell("difference") },
      ],
    });
  });
}

const countOf = ({ comparisons }: WithPeople, measure: Estimate, counts: string) =>
  whole(counts === "comparisons" ? comparisons : "n" in measure ? (measure.n ?? 0) : 0);
