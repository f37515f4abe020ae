import type { Pair, Rate, Score } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { type Block, footnoteKey, footnotesOf } from "./report-view.ts";
import { scoreWords } from "./score-words.ts";

/** The figure's twin: every number of every row, with the ends of its interval and how it was made. */
export function NumbersTable({ blocks }: { blocks: Block[] }) {
  const footnotes = footnotesOf(blocks.flatMap((block) => block.pairs.filter((pair) => pair.judgments > 0)));
  return (
    <>
      <div class="scroller" role="region" aria-label={words.scrolls(words.tables)} tabIndex={0}>
        <table class="numbers estimates">
          <thead>
            <tr>
              <th scope="col">{words.group}</th>
              {[words.prompts, words.judgmentsColumn, words.winColumn, words.tieColumn, words.lossColumn]
                .concat(words.perJudgment, words.perPrompt)
                .map((heading) => (
                  <th scope="col" class="number" key={heading}>
                    {heading}
                  </th>
                ))}
            </tr>
          </thead>
          {blocks.map((block) => (
            <BlockRows
              key={JSON.stringify([block.system, block.against])}
              block={block}
              footnotes={footnotes}
            />
          ))}
        </table>
      </div>
      <Footnotes footnotes={footnotes} />
    </>
  );
}

type Letters = Map<string, string>;

function BlockRows({ block, footnotes }: { block: Block; footnotes: Letters }) {
  return (
    <tbody>
      <tr class="block">
        <th scope="rowgroup" colSpan={8}>
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
          <td class="number">{words.number(pair.prompts)}</td>
          <td class="number">{words.number(pair.judgments)}</td>
          <EstimateCells pair={pair} footnotes={footnotes} />
        </tr>
      ))}
    </tbody>
  );
}

function EstimateCells({ pair, footnotes }: { pair: Pair; footnotes: Letters }) {
  if (pair.judgments === 0) {
    return (
      <td colSpan={5} class="quiet">
        {words.noJudgments}
      </td>
    );
  }
  return (
    <>
      <RateCell rate={pair.win} footnotes={footnotes} />
      <RateCell rate={pair.tie} footnotes={footnotes} bothBad={pair.bothBad} />
      <RateCell rate={pair.loss} footnotes={footnotes} />
      <ScoreCell score={pair.halfTieRate} footnotes={footnotes} />
      <ScoreCell score={pair.halfTieRateByPrompt} footnotes={footnotes} />
    </>
  );
}

function RateCell({ rate, footnotes, bothBad = 0 }: { rate: Rate; footnotes: Letters; bothBad?: number }) {
  const ends = "low" in rate ? `[${oneDecimal(rate.low)}, ${oneDecimal(rate.high)}]` : null;
  return (
    <td class="number">
      <span class="value">{rate.rate === null ? words.none : words.percent(rate.rate, 1)}</span>{" "}
      <span class="count">{words.inParentheses(rate.count)}</span>
      <Interval ends={ends} part={rate} footnotes={footnotes} />
      {bothBad > 0 && <span class="aside">{words.bothBad(bothBad)}</span>}
    </td>
  );
}

function ScoreCell({ score, footnotes }: { score: Score; footnotes: Letters }) {
  const [, ends] = scoreWords(score, 3).split(" [");
  return (
    <td class="number">
      {"value" in score && <span class="value">{words.decimal(score.value, 3)}</span>}
      <Interval ends={ends === undefined ? null : `[${ends}`} part={score} footnotes={footnotes} />
    </td>
  );
}

function Interval({
  ends,
  part,
  footnotes,
}: {
  ends: string | null;
  part: Rate | Score;
  footnotes: Letters;
}) {
  return (
    <span class="interval">
      {ends ?? words.notEstimable}
      <sup>{footnotes.get(footnoteKey(part))}</sup>
    </span>
  );
}

const oneDecimal = (proportion: number): string => (proportion * 100).toFixed(1);

function Footnotes({ footnotes }: { footnotes: Letters }) {
  return (
    <dl class="footnotes" aria-label={words.footnotes}>
      {[...footnotes].map(([key, letter]) => (
        <div key={letter}>
          <dt>{letter}</dt>
          <dd>{footnoteText(key)}</dd>
        </div>
      ))}
    </dl>
  );
}

function footnoteText(key: string): string {
  const colon = key.indexOf(":");
  const says = key.slice(colon + 1);
  return key.startsWith("method") ? words.intervalBy(says) : words.notEstimableBecause(says);
}
