import "./pair-view.css";
import type { AssignmentView } from "../../server/contract/judging.ts";
import { words } from "../words/annotator.ts";
import { LongText } from "./long-text.tsx";
import { Prose } from "./prose.tsx";

/** Which side an element shows; the two look the same in everything but their letter. */
type Side = "left" | "right";

/**
 * One comparison: the prompt, and the two answers beside each other; with several turns the conversation,
 * turn by turn, each side with its own earlier answers. It records nothing.
 */
export function PairView({ view }: { view: AssignmentView }) {
  const last = view.prompt.length - 1;
  return (
    <div class="pair">
      {view.prompt.map((prompt, turn) => (
        <div key={turn} class={turn === last ? "turn last" : "turn"}>
          <section class="prompt" aria-label={promptLabel(turn, last)}>
            <h2 class="label">{promptLabel(turn, last)}</h2>
            <LongText key={view.assignment}>
              <Prose html={prompt} />
            </LongText>
          </section>
          <div class="answers">
            <Answer side="left" turn={turn} last={last} html={view.left[turn] ?? ""} />
            <Answer side="right" turn={turn} last={last} html={view.right[turn] ?? ""} />
          </div>
        </div>
      ))}
    </div>
  );
}

function Answer({ side, turn, last, html }: { side: Side; turn: number; last: number; html: string }) {
  const label = words[side] + (last > 0 ? words.ofTurn(turn + 1) : "");
  return (
    <section class="answer" data-judged={turn === last ? side : undefined} aria-label={label}>
      <header class="answer-heading">
        <h2 class="label" tabIndex={-1}>
          {label}
        </h2>
        {turn === last && (
          <button type="button" class="plain jump" onClick={jump}>
            {side === "left" ? words.jumpToRight : words.jumpToLeft}
          </button>
        )}
      </header>
      {html.trim() === "" ? <p class="quiet">{words.emptyAnswer}</p> : <Prose html={html} />}
    </section>
  );
}

/** Goes to the start of the other answer of the same turn. */
function jump(event: Event): void {
  const here = (event.currentTarget as Element).closest(".answer");
  const other = here?.nextElementSibling ?? here?.previousElementSibling;
  other?.scrollIntoView({ block: "start" });
  other?.querySelector<HTMLElement>(".label")?.focus({ preventScroll: true });
}

const promptLabel = (turn: number, last: number): string =>
  last === 0 ? words.prompt : turn === last ? words.lastTurn(turn + 1) : words.turn(turn + 1);
