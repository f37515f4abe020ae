import type { MajorityCounts, Pair } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import type { Block } from "./report-view.ts";

const RULES = ["plurality", "signOfSum", "moreThanHalf"] as const;
const OUTCOMES = ["win", "tie", "loss"] as const;

/** Each comparison counted once, under the three rules; folded away until asked for. */
export function MajorityTable({ blocks }: { blocks: Block[] }) {
  const reason = reasonForAll(blocks);
  return (
    <details class="majority">
      <summary>{words.majority}</summary>
      <p>{words.majorityMeans}</p>
      <ul>
        {RULES.map((rule) => (
          <li key={rule}>{words[rule]}</li>
        ))}
      </ul>
      {reason === null ? <Counts blocks={blocks} /> : <p>{words.notEstimableBecause(reason)}</p>}
    </details>
  );
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

function Counts({ blocks }: { blocks: Block[] }) {
  return (
    <div class="scroller" role="region" aria-label={words.scrolls(words.majority)} tabIndex={0}>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {words.group}
            </th>
            {RULES.map((rule) => (
              <th key={rule} scope="colgroup" colSpan={3} class="middle">
                {words.rules[rule]}
              </th>
            ))}
          </tr>
          <tr>
            {RULES.flatMap((rule) =>
              OUTCOMES.map((outcome) => (
                <th key={rule + outcome} scope="col" class={outcome === "win" ? "number first" : "number"}>
                  {words[outcome]}
                </th>
              )),
            )}
          </tr>
        </thead>
        {blocks.map((block) => (
          <BlockRows key={JSON.stringify([block.system, block.against])} block={block} />
        ))}
      </table>
    </div>
  );
}

function BlockRows({ block }: { block: Block }) {
  return (
    <tbody>
      <tr class="block">
        <th scope="rowgroup" colSpan={10}>
          <span class="stays">
            <bdi>{block.system}</bdi> {words.against("")}
            <bdi>{block.against}</bdi>
          </span>
        </th>
      </tr>
      {block.pairs.map((pair) => (
        <tr key={pair.group ?? ""} class={pair.group === null ? "all" : undefined}>
          <th scope="row">
            <bdi>{pair.group ?? words.allPeople}</bdi>
          </th>
          <MajorityCells majority={pair.byMajority} />
        </tr>
      ))}
    </tbody>
  );
}

function MajorityCells({ majority }: { majority: Pair["byMajority"] }) {
  if ("notEstimable" in majority) {
    return (
      <td colSpan={9} class="reason">
        {words.notEstimableBecause(majority.notEstimable)}
      </td>
    );
  }
  return <>{RULES.map((rule) => cellsOf(rule, majority[rule]))}</>;
}

function cellsOf(rule: string, counts: MajorityCounts) {
  return OUTCOMES.map((outcome) => (
    <td key={rule + outcome} class={outcome === "win" ? "number first" : "number"}>
      {words.number(counts[outcome])}
    </td>
  ));
}
