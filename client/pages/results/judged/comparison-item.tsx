import { useId } from "preact/hooks";
import type { JudgedComparison } from "../../../../server/contract/judged.ts";
import { LongText } from "../../../components/long-text.tsx";
import { Prose } from "../../../components/prose.tsx";
import { words } from "../../../words/results-judged.ts";
import { FOLDS, SCREENS } from "./folds.ts";
import { JudgmentItem } from "./judgment-item.tsx";
import { lookHref } from "./look.ts";

interface Props {
  comparison: JudgedComparison;
  /** Whose judgments were asked for. */
  annotators: readonly (string | undefined)[];
}

/** One comparison: the texts, and below them what was said of them. */
export function ComparisonItem({ comparison, annotators }: Props) {
  const { prompt, turn, system, against, promptHtml, systemHtml, againstHtml, judgments } = comparison;
  const heading = useId();
  return (
    <article class="comparison" aria-labelledby={heading}>
      <header>
        <h2 id={heading} tabIndex={-1}>
          <bdi>{system}</bdi> {words.against} <bdi>{against}</bdi>
        </h2>
        <p class="quiet">
          {words.prompt}{" "}
          <a href={lookHref({ prompt })}>
            <bdi>{prompt}</bdi>
          </a>
          {turn > 1 && `, ${words.turn(turn)}`}
        </p>
      </header>
      <div class="judged-prompt">
        <h3>{words.promptHeading}</h3>
        <Turns html={promptHtml} />
      </div>
      <div class="two">
        <Answer system={system} html={systemHtml} />
        <Answer system={against} html={againstHtml} />
      </div>
      <ul class="said" aria-label={words.judgments}>
        {judgments.map((judgment, i) => (
          <li
            key={i}
            aria-current={
              judgment.annotator !== null && annotators.includes(judgment.annotator) ? "true" : undefined
            }
          >
            <JudgmentItem judgment={judgment} sides={{ system, against }} />
          </li>
        ))}
      </ul>
    </article>
  );
}

function Answer({ system, html }: { system: string; html: string[] | null }) {
  return (
    <div>
      <h3>
        <bdi>{system}</bdi>
      </h3>
      <Turns html={html} />
    </div>
  );
}

/** The turns up to the one that was judged, which is the last. */
function Turns({ html }: { html: string[] | null }) {
  if (html === null) return <p class="quiet">{words.notLoaded}</p>;
  return (
    <LongText screens={SCREENS} labels={FOLDS}>
      {html.map((turn, i) => (
        <div key={i} class="turn-text">
          {html.length > 1 && <p class="quiet">{words.ofTurn(i + 1)}</p>}
          {turn.trim() === "" ? <p class="quiet">{words.empty}</p> : <Prose html={turn} />}
        </div>
      ))}
    </LongText>
  );
}
