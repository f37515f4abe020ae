import type { Sheet } from "../../../../server/contract/judging.ts";
import type { Answer } from "../../../outbox/held-work.ts";
import { words } from "../../../words/annotator.ts";
import { words as quality } from "../../../words/annotator-quality.ts";
import type { Judging } from "../judging.ts";
import "./quality.css";

const text = quality.elsewhere;

/**
 * A pair had been answered on another device or in another tab: that answer stands, and one that was given here and differs
 * is offered as a change.
 */
export function AnsweredElsewhere({ judging }: { judging: Judging }) {
  const { refusals, answeredElsewhere, sheet } = judging.held.value;
  return (
    <>
      {answeredElsewhere && <p class="warning">{text.answered}</p>}
      {refusals.map(
        ({ requestKey, instead }) =>
          instead && (
            <section key={requestKey} class="work-warning" aria-labelledby={requestKey}>
              <h2 id={requestKey}>{text.title}</h2>
              <p>{text.stands}</p>
              <dl>
                <dt>{text.there}</dt>
                <dd>{inWords(instead.standing, sheet)}</dd>
                <dt>{text.here}</dt>
                <dd>
                  {inWords(instead.entry, sheet)}
                  {instead.entry.comment && <p dir="auto">{instead.entry.comment}</p>}
                </dd>
              </dl>
              <p>{text.look}</p>
              <div class="buttons">
                <button type="button" onClick={() => judging.keepStanding(requestKey)}>
                  {text.keep}
                </button>
                <button type="button" onClick={() => judging.useInstead(requestKey)}>
                  {text.change}
                </button>
              </div>
            </section>
          ),
      )}
    </>
  );
}

/** An answer as the page words it. */
const inWords = (answer: Answer, sheet: Sheet | null): string =>
  answer.choice === undefined
    ? `${words.cannot.button}: ${words.cannot.reasons[answer.reason]}`
    : (sheet?.options[answer.choice] ?? "");
