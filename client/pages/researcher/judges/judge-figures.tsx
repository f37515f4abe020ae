import type { ComponentChildren } from "preact";
import type { Judge } from "../../../../server/contract/report-judges.ts";
import type { Estimate } from "../../../../server/contract/report-estimates.ts";
import { estimateText, shareText } from "../../../../server/report-document/numbers.ts";
import { words } from "../../../words/dashboard.ts";

const text = words.judges.judged;

/** What is to be known of a judge before its verdicts are read. */
export function JudgeFigures({ judge }: { judge: Judge }) {
  const { consistency, bothOrders, firstPosition, positionBias, length, ownSystem, constant } = judge;
  const { longerPreferred, prefersLength } = length;
  return (
    <dl class="facts judge-figures">
      <Fact name={text.consistency}>
        <Share of={consistency} /> {bothOrders > 0 && text.ofComparisons(bothOrders)}
        {constant != null && <Flag>{text.constant}</Flag>}
      </Fact>
      <Fact name={text.position}>
        <Share of={firstPosition} /> {"value" in firstPosition && text.ofDecisions(firstPosition.n ?? 0)}
        {positionBias && <Flag>{text.flagged}</Flag>}
      </Fact>
      <Fact name={text.length}>
        <Share of={longerPreferred} />{" "}
        {"value" in longerPreferred && text.ofDecisions(longerPreferred.n ?? 0)}
        {prefersLength && <Flag>{text.flagged}</Flag>}
      </Fact>
      <Fact name={text.ownSystem}>
        {ownSystem === null ? text.noOwnSystem : <OwnSystem own={ownSystem} />}
      </Fact>
      <Calls calls={judge.calls} />
    </dl>
  );
}

function OwnSystem({ own: { system, rate, people } }: { own: NonNullable<Judge["ownSystem"]> }) {
  return (
    <>
      <bdi>{system}</bdi>: {text.rates(estimateText(rate), "value" in people ? estimateText(people) : null)}
    </>
  );
}

function Calls({ calls }: Pick<Judge, "calls">) {
  if (calls === null) return null;
  const { failures, dollars, dollarsPerJudgment, costAtMost = 0, versions = [] } = calls;
  return (
    <>
      <Fact name={text.failures}>
        {failures.length === 0
          ? text.noFailure
          : failures.map(({ kind, count }) => words.judges.failed(kind, count)).join(", ")}
      </Fact>
      <Fact name={text.cost}>
        {dollars === null ? text.noPrice : text.spent(dollars, dollarsPerJudgment, costAtMost)}
      </Fact>
      {versions.length > 1 && (
        <Fact name={text.versions}>
          <strong class="warning">{text.versionsMean(versions.map(({ model }) => model))}</strong>
        </Fact>
      )}
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** A share with its interval, or why there is none. */
const Share = ({ of }: { of: Estimate }) =>
  "value" in of ? (
    <strong>{shareText(of)}</strong>
  ) : (
    <span class="quiet">{text.unknown(of.notEstimable)}</span>
  );

const Flag = ({ children }: { children: string }) => <strong class="flag">{children}</strong>;
