import type { Effects, StyleEffects } from "../../../../server/contract/report-effects.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import type { DataTable } from "../data-table.ts";
import { type Leads, leadsFrom, lookAt } from "../judged/leads.ts";
import type { Shown } from "../report-view.ts";
import { TableView } from "../table-view.tsx";
import { pairCells, pairColumns, scoreColumn, shareColumn, signedColumn, textColumn } from "./columns.ts";

const says = blocks.effects;

/** What length and formatting do to the choice, and prompts that an annotator has seen before. */
export function EffectsBlock({ block, report, shown }: BlockProps<"effects">) {
  const { style, whose } = styleFor(block, shown);
  return (
    <>
      <p class="means">
        {says.means} {whose === null ? blocks.ofAllPeople : says.ofGroup(whose)}
      </p>
      {"notEstimable" in style ? (
        <p>{words.notEstimableBecause(style.notEstimable)}</p>
      ) : (
        <>
          <TableView table={featuresTable(style)} study={report.study} />
          <p class="means">{says.coefficientMeans}</p>
          <TableView table={controlledTable(style, whose, leadsFrom(report))} study={report.study} />
        </>
      )}
      <h3>{says.seen}</h3>
      <Seen seen={block.seenPrompts} study={report.study} />
    </>
  );
}

type Estimated = Exclude<StyleEffects, { notEstimable: string }>;

/** A group that stands alone has figures of its own; all others are part of all people. */
function styleFor(block: Effects, shown: Shown): { style: StyleEffects; whose: string | null } {
  const group = typeof shown === "object" && "group" in shown ? shown.group : null;
  const own = block.styleByGroup.find((one) => one.group === group);
  return own ? { style: own.style, whose: own.group } : { style: block.style, whose: null };
}

export function featuresTable({ features, left }: Estimated): DataTable {
  return {
    name: "features",
    caption: says.caption,
    columns: [
      textColumn("feature", says.feature),
      shareColumn("more_preferred", says.preferred),
      signedColumn("coefficient", says.coefficient),
    ],
    rows: [
      ...features.map((one) => ({
        cells: [says.features[one.feature], one.morePreferred, one.coefficient],
      })),
      { cells: [says.left, null, left] },
    ],
  };
}

/** `whose`: the group whose judgments it is about; null: all people. */
export function controlledTable(
  { lengthControlled }: Estimated,
  whose: string | null,
  leads?: Leads,
): DataTable {
  const pair = pairColumns(lengthControlled);
  return {
    name: "length-controlled",
    caption: says.controlled,
    columns: [...pair, scoreColumn("raw", says.raw), scoreColumn("at_equal_length", says.equalLength)],
    rows: lengthControlled.map((one) => ({
      cells: [...pairCells(one, pair), one.raw, one.controlled],
      ...(leads ? { href: leads(lookAt({ system: one.system, against: one.against, group: whose })) } : {}),
    })),
  };
}

function Seen({ seen, study }: { seen: Effects["seenPrompts"]; study: string }) {
  if ("notEstimable" in seen) return <p>{words.notEstimableBecause(seen.notEstimable)}</p>;
  const table: DataTable = {
    name: "seen-prompts",
    caption: says.seen,
    columns: [textColumn("what", says.seenWhat), scoreColumn("rate", says.rate)],
    rows: [
      { cells: [says.seenOn, seen.seen] },
      { cells: [says.unseenOn, seen.unseen] },
      { cells: [says.difference, seen.difference] },
    ],
  };
  return (
    <>
      <p class="means">{says.seenMeans(seen.judgments)}</p>
      <TableView table={table} study={study} />
    </>
  );
}
