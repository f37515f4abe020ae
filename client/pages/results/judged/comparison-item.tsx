import { useId } from "preact/hooks";
import type { JudgedComparison } from "../../../../server/contract/judged.ts";
import { LongText } from "../../../components/long-text.tsx";
import { Prose } from "../../../components/prose.tsx";
import { words } from "../../../words/results-judged.ts";
import { FOLDS, SCREENS } from "./folds.ts";
import { JudgmentItem } from "./judgment-item.tsx";
import { AdjudicatedAnswer } from "./adjudicated-answer.tsx";
import { lookHref } from "./look.ts";
import { WrittenOnIt } from "./written-on-it.tsx";

interface Props {
  comparison: JudgedComparison;
  /** Whose judgments were asked for. */
  annotators: readonly (string | undefined)[];
  study: string | null;
}

/** One comparison: the texts, and below them what was said of them. */
export function ComparisonItem({ comparison, annotators, study }: Props) {
  const { prompt, turn, system, against, promptHtml, systemHtml, againstHtml, judgments } = comparison;
  const heading = useId();
  return (
    <article class="comparison" aria-labelledby={heading}>
      <header>
        <h2 id={heading} tabIndex={-1}>
          <a href={lookHref({ system, against, prompt, everyone: "yes" })}>
            <bdi>{system}</bdi> {words.against} <bdi>{against}</bdi>
          </a>
        </h2>
        <p class="quiet">
          {words.prompt}{" "}
          <a href={lookHref({ prompt })}>
            <bdi>{prompt}</bdi>
          </a>
          {turn > 1 && `, ${words.turn(turn)}`}
        </p>
        <Measures comparison={comparison} />
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
      <Skips skips={comparison.skips ?? []} />
      {study !== null && comparison.notes !== undefined ? (
        <WrittenOnIt study={study} comparison={comparison} />
      ) : (
        <AdjudicatedAnswer adjudicated={comparison.adjudicated} />
      )}
    </article>
  );
}

/** What the comparison is sorted by, and how many judgments that rests on. */
function Measures({
  comparison: { division, characters, judgments, system, against },
}: Pick<Props, "comparison">) {
  const longer = (characters.system ?? NaN) - (characters.against ?? NaN);
  return (
    <p class="measures quiet">
      <span>{words.judged(judgments.length)}</span>
      {division.people !== null && <span>{words.peopleApart(division.people)}</span>}
      {division.models !== null && <span>{words.modelsApart(division.models)}</span>}
      {Math.abs(longer) > 0 && (
        <span>
          <bdi>{longer > 0 ? system : against}</bdi> {words.longer(Math.abs(longer))}
        </span>
      )}
    </p>
  );
}

function Skips({ skips }: { skips: NonNullable<JudgedComparison["skips"]> }) {
  if (skips.length === 0) return null;
  return (
    <ul class="skips" aria-label={words.skips}>
      {skips.map(({ group, reason, comment }, i) => (
        <li key={i}>
          {words.skipped(words.skipReasons[reason])} <bdi class="quiet">{group}</bdi>
          {comment !== null && <blockquote dir="auto">{comment}</blockquote>}
        </li>
      ))}
    </ul>
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
