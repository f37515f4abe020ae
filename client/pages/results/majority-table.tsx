import type { Pair } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import type { Cell, DataTable } from "./data-table.ts";
import { type Leads, lookAt } from "./judged/leads.ts";
import type { Block } from "./report-view.ts";
import { TableView } from "./table-view.tsx";

const RULES = ["plurality", "signOfSum", "moreThanHalf"] as const;
const OUTCOMES = ["win", "tie", "loss"] as const;
const KEYS = { plurality: "plurality", signOfSum: "sign_of_sum", moreThanHalf: "more_than_half" };

interface Props {
  blocks: Block[];
  study: string;
  leads: Leads | undefined;
}

/** Each comparison counted once, under the three rules; folded away until asked for. */
export function MajorityTable({ blocks, study, leads }: Props) {
  const reason = reasonForAll(blocks);
  return (
    <details>
      <summary>{words.majority}</summary>
      <p class="means">{words.majorityMeans}</p>
      <ul class="means">
        {RULES.map((rule) => (
          <li key={rule}>{words[rule]}</li>
        ))}
      </ul>
      {reason === null ? (
        <TableView table={majorityTable(blocks, leads)} study={study} />
      ) : (
        <p>{words.notEstimableBecause(reason)}</p>
      )}
    </details>
  );
}

export function majorityTable(blocks: Block[], leads?: Leads): DataTable {
  return {
    name: "majority",
    caption: words.majority,
    columns: [
      { key: "group", label: words.group, kind: "name" },
      ...RULES.flatMap((rule) =>
        OUTCOMES.map((outcome) => ({
          key: `${KEYS[rule]}_${outcome}`,
          label: words[outcome],
          over: words.rules[rule],
          kind: "number" as const,
          show: words.number,
          reasons: rule === "plurality" && outcome === "win",
        })),
      ),
    ],
    rows: blocks.flatMap(({ system, against, pairs }) =>
      pairs.map((pair) => ({
        about: { system, against },
        cells: [pair.group ?? words.allPeople, ...majorityCells(pair.byMajority)],
        ...(pair.group === null ? { tone: "all" as const } : {}),
        ...(leads ? { href: leads(lookAt(pair)) } : {}),
      })),
    ),
  };
}

/** The one reason why no row can be had, or null where some can. */
function reasonForAll(blocks: Block[]): string | null {
  const reasons = new Set(
    blocks.flatMap((block) =>
      block.pairs.map((pair) => ("notEstimable" in pair.byMajority ? pair.byMajority.notEstimable : null)),
    ),
  );
  const [reason] = reasons;
  return reasons.size === 1 && reason !== undefined ? reason : null;
}

function majorityCells(majority: Pair["byMajority"]): Cell[] {
  if ("notEstimable" in majority) return [majority, ...Array<null>(8).fill(null)];
  return RULES.flatMap((rule) => OUTCOMES.map((outcome) => majority[rule][outcome]));
}
