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
  kappaMatrixTable,
  matrixTable,
  measuresTable,
} from "./agreement-tables.ts";
import { alternativeTable, modelsTable } from "./model-tables.ts";

const says = blocks.agreement;

/** How far judges agree: between groups, over all people, a model beside people, and annotator by annotator. */
export function AgreementBlock({ block, report, shown }: BlockProps<"agreement">) {
  const { study } = report;
  const only = typeof shown === "object" && "group" in shown ? shown.group : null;
  const idle = new Set(report.groups.filter((group) => group.judgments === 0).map(({ name }) => name));
  const leads = leadsFrom(report);
  const kappas = kappaMatrixTable(block, idle);
  const { listed, pairs } = block.betweenAnnotatorsListed;
  return (
    <>
      <p class="means">{says.means}</p>
      {block.betweenGroups.length > 0 && (
        <>
          <TableView table={matrixTable(block, { idle, leads })} study={study} />
          <p class="means">{says.matrixMeans}</p>
          {kappas && <TableView table={kappas} study={study} />}
          <details>
            <summary>{says.groups}</summary>
            <TableView table={groupsTable(block, { only, idle, leads })} study={study} />
          </details>
        </>
      )}
      <TableView table={measuresTable(block)} study={study} />
      <TableView table={coefficientsTable(block)} study={study} />
      {block.modelAndHuman.length > 0 && (
        <>
          <TableView table={modelsTable(block, { idle, leads })} study={study} />
          <p class="means">{[says.modelsMeans, ...constantsIn(block)].join(" ")}</p>
        </>
      )}
      <MayReplace block={block} study={study} />
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

/** A sentence for each model whose verdicts do not vary. */
function constantsIn({ modelAndHuman }: Agreement): string[] {
  return modelAndHuman.flatMap(({ model, against, constant = null }) =>
    against === null && constant !== null ? [says.constant(model, constant)] : [],
  );
}

function MayReplace({ block: { alternativeAnnotator }, study }: { block: Agreement; study: string }) {
  if (alternativeAnnotator.length === 0) return null;
  return (
    <>
      <h3>{says.replaceTitle}</h3>
      <p class="means">{says.replaceMeans}</p>
      <ul class="plain-list">
        {alternativeAnnotator.map((one) => (
          <li key={one.model}>
            <strong>
              <bdi>{one.model}</bdi>
            </strong>
            {": "}
            {replaceSays(one)}
          </li>
        ))}
      </ul>
      <TableView table={alternativeTable(alternativeAnnotator)} study={study} />
    </>
  );
}

function replaceSays(one: Agreement["alternativeAnnotator"][number]): string {
  if ("notEstimable" in one) return words.notEstimableBecause(one.notEstimable);
  const { verdict, passes, reason, constant = null, annotators, winningRate, power = 0, epsilon } = one;
  const answer = says.verdicts[verdict ?? (passes ? "yes" : "no")];
  return `${answer} ${says.replaces({ reason, constant, annotators, rate: winningRate, power, epsilon })}`;
}
