import type { Agreement } from "../../../../server/contract/report-agreement.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import { leadsFrom } from "../judged/leads.ts";
import { TableView } from "../table-view.tsx";
import {
  annotatorPairsTable,
  coefficientsTable,
  groupsTable,
  matrixTable,
  measuresTable,
  modelsTable,
} from "./agreement-tables.ts";

const says = blocks.agreement;

/** How far judges agree: between groups, over all people, a model beside people, and annotator by annotator. */
export function AgreementBlock({ block, report, shown }: BlockProps<"agreement">) {
  const { study } = report;
  const only = typeof shown === "object" && "group" in shown ? shown.group : null;
  const idle = new Set(report.groups.filter((group) => group.judgments === 0).map(({ name }) => name));
  const leads = leadsFrom(report);
  const { listed, pairs } = block.betweenAnnotatorsListed;
  return (
    <>
      <p class="means">{says.means}</p>
      {block.betweenGroups.length > 0 && (
        <>
          <TableView table={matrixTable(block, { idle, leads })} study={study} />
          <p class="means">{says.matrixMeans}</p>
          <details>
            <summary>{says.groups}</summary>
            <TableView table={groupsTable(block, { only, idle, leads })} study={study} />
          </details>
        </>
      )}
      <TableView table={measuresTable(block)} study={study} />
      <TableView table={coefficientsTable(block)} study={study} />
      {block.modelAndHuman.length > 0 && (
        <TableView table={modelsTable(block, { idle, leads })} study={study} />
      )}
      <MayReplace block={block} />
      {listed > 0 && (
        <details>
          <summary>{says.annotators}</summary>
          <p class="means">
            {says.kappaMeans} {says.listed(listed, pairs)}
          </p>
          <TableView table={annotatorPairsTable(block, leads)} study={study} />
        </details>
      )}
    </>
  );
}

function MayReplace({ block: { alternativeAnnotator } }: { block: Agreement }) {
  if (alternativeAnnotator.length === 0) return null;
  return (
    <>
      <h3>{says.replaceTitle}</h3>
      <ul class="plain-list">
        {alternativeAnnotator.map((one) => (
          <li key={one.model}>
            <strong>
              <bdi>{one.model}</bdi>
            </strong>
            {". "}
            {"notEstimable" in one
              ? words.notEstimableBecause(one.notEstimable)
              : says.replaces(one.passes, { ...one, rate: one.winningRate })}
          </li>
        ))}
      </ul>
    </>
  );
}
