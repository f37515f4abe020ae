import { dotIntervals } from "../../../../server/charts/dot-intervals.ts";
import type {
  RankedSystem,
  Ranking,
  RankingFit,
  RankingPairFit,
} from "../../../../server/contract/report-ranking.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import { Chart, type Draw } from "../chart.tsx";
import { cellText } from "../cell-text.ts";
import type { Cell, Column, DataTable } from "../data-table.ts";
import { type Leads, leadsFrom } from "../judged/leads.ts";
import { chartFiles, SaveButtons, tableFiles } from "../save-buttons.tsx";
import { TableView } from "../table-view.tsx";
import { countColumn, nameColumn, signedColumn, textColumn } from "./columns.ts";

const says = blocks.ranking;
const { whole } = blocks;
/** The scale of Elo ratings: `RankedSystem.score` is on it. */
const POINTS = 400 / Math.LN10;
const AVERAGE = 1000;
/** A matrix of more systems than this fits no page. */
const MOST_IN_MATRIX = 10;

/** All systems on one scale. */
export function RankingBlock({ block, report }: BlockProps<"ranking">) {
  const { bradleyTerry, davidson } = block;
  if ("notEstimable" in bradleyTerry)
    return (
      <>
        <p>{words.notEstimableBecause(bradleyTerry.notEstimable)}</p>
        <Outside sets={block.outside} />
      </>
    );
  const draw = rankingDraw(bradleyTerry);
  const table = rankingTable(bradleyTerry, { name: "ranking", caption: says.caption }, leadsFrom(report));
  return (
    <>
      <p class="means">
        {says.means} {blocks.ofAllPeople}
      </p>
      <Chart draw={draw}>{says.figure}</Chart>
      <SaveButtons
        study={report.study}
        name="ranking-figure"
        files={[...chartFiles(draw), ...tableFiles(table)]}
      />
      <Outside sets={block.outside} />
      <TableView table={table} study={report.study} saved />
      <p class="means">{says.rankMeans}</p>
      {block.pairFit && <PairFit fit={block.pairFit} />}
      {!("notEstimable" in davidson) && (
        <details>
          <summary>{says.davidson}</summary>
          <p class="means">{says.davidsonMeans(davidson.nu)}</p>
          <TableView
            table={rankingTable(davidson, { name: "davidson", caption: says.davidson })}
            study={report.study}
          />
        </details>
      )}
      {bradleyTerry.systems.length <= MOST_IN_MATRIX && (
        <details>
          <summary>{says.probabilities}</summary>
          <TableView table={probabilityTable(bradleyTerry)} study={report.study} />
        </details>
      )}
    </>
  );
}

/** Systems that are not on the scale, each with where it stands. */
function Outside({ sets }: { sets: Ranking["outside"] }) {
  if (sets.length === 0) return null;
  return (
    <>
      <p>{says.outside}</p>
      <ul>
        {sets.map((set) => (
          <li key={set.systems[0]}>{says.outsideSays(set.systems, set.says)}</li>
        ))}
      </ul>
    </>
  );
}

/** Whether one strength a system explains the pairs. */
function PairFit({ fit: { p, misfit, notEstimable, pairs, circles } }: { fit: RankingPairFit }) {
  if (p === null) return <p class="means">{says.noFitTest(notEstimable ?? words.none)}</p>;
  const [worst] = pairs;
  return (
    <p class={misfit ? undefined : "means"}>
      {misfit ? says.misfit(p) : says.noMisfit(p)} {worst && says.gap(worst.first, worst.second, worst)}{" "}
      {circles.length > 0 && says.circles(circles)}
    </p>
  );
}

/** The chart of a fit. */
export function rankingDraw({ systems }: RankingFit): Draw {
  const rows = systems.map((one) => {
    const { low, high } = one;
    const { value, interval } = cellText(SCORE, scoreOf(one, ""));
    const ends = { low: low === null ? null : points(low), high: high === null ? null : points(high) };
    return { name: one.system, value: one.score, ...ends, says: `${value} ${interval}`.trim() };
  });
  const description = rows.map((row) => says.says(row.name, row.says)).join(" ");
  const told = { title: says.figure, description, heading: says.heading, nothing: says.nothing };
  return (width) =>
    dotIntervals(rows, { words: { ...told, tick: whole }, width, id: "ranking", reference: AVERAGE });
}

export function rankingTable(
  fit: RankingFit,
  named: Pick<DataTable, "name" | "caption">,
  leads?: Leads,
): DataTable {
  return {
    ...named,
    columns: [
      nameColumn("system", blocks.system),
      { key: "rank", label: says.rank, kind: "number" },
      textColumn("places", says.range),
      SCORE,
      { ...signedColumn("log_strength", says.strength), kind: "number" },
      countColumn("judgments", blocks.judgments),
    ],
    rows: fit.systems.map((one) => ({
      cells: [one.system, one.rank, placesOf(one), scoreOf(one, fit.method), one.logStrength, one.judgments],
      ...(leads ? { href: leads({ system: one.system }) } : {}),
    })),
  };
}

const SCORE: Column = { key: "score", label: says.score, kind: "estimate", show: whole };

const points = (logStrength: number): number => AVERAGE + POINTS * logStrength;

function scoreOf({ score, low, high, judgments, notEstimable }: RankedSystem, method: string): Cell {
  if (low === null || high === null) return { value: score, notEstimable: notEstimable ?? words.none };
  return { value: score, low: points(low), high: points(high), method, n: judgments };
}

const placesOf = ({ rankLow, rankHigh }: RankedSystem): string | null =>
  rankLow === null || rankHigh === null ? null : says.from(rankLow, rankHigh);

function probabilityTable({ systems, winProbabilities }: RankingFit): DataTable {
  const names = systems.map(({ system }) => system);
  const chance = (name: string): Column => ({
    ...{ key: name, label: name, kind: "number" },
    show: (value) => words.decimal(value),
  });
  return {
    name: "win-probabilities",
    caption: says.probabilities,
    columns: [nameColumn("system", blocks.system), ...names.map(chance)],
    rows: names.map((name, i) => ({
      cells: [name, ...names.map((_, j) => (i === j ? null : (winProbabilities[i]?.[j] ?? null)))],
    })),
  };
}
