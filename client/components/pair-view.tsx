import "./pair-view.css";
import type { ComponentType } from "preact";
import type { AssignmentView } from "../../server/contract/judging.ts";
import { words } from "../words/annotator.ts";
import { LongText } from "./long-text.tsx";
import { Prose } from "./prose.tsx";
import { SideScroll } from "./side-scroll.tsx";
import { usePairLayout } from "./use-pair-layout.ts";

/** Which side an element shows; the two look the same in everything but their letter. */
type Side = "left" | "right";

/** A longer prompt is folded, so that both answers are in sight; in heights of the window. */
const PROMPT_SCREENS = 0.4;

/** Whether long lines of code and tables wrap, and how to change that. */
interface Wrapping {
  readonly on: boolean;
  readonly switch: () => void;
}

interface PairViewProps {
  view: AssignmentView;
  wrapping?: Wrapping;
  /** What else stands in the heading of each answer that is judged. */
  tool?: ComponentType | undefined;
}

/**
 * One comparison: the prompt, and the two answers beside each other; before it, folded, the earlier turns of the
 * conversation, each side with its own earlier answers. It records nothing.
 */
export function PairView({ view, wrapping, tool }: PairViewProps) {
  const { pair, isCut } = usePairLayout(wrapping?.on ?? false);
  const last = view.prompt.length - 1;
  const turn = (at: number) => (
    <Turn key={at} {...{ view, tool }} turn={at} wrapping={isCut ? wrapping : undefined} />
  );
  return (
    <div class={wrapping?.on ? "pair wrapped" : "pair"} ref={pair}>
      {last > 0 && (
        <details class="earlier-turns">
          <summary>{words.earlierTurns(last)}</summary>
          {view.prompt.slice(0, -1).map((_, at) => turn(at))}
        </details>
      )}
      {turn(last)}
    </div>
  );
}

interface TurnProps {
  view: AssignmentView;
  turn: number;
  wrapping: Wrapping | undefined;
  tool: ComponentType | undefined;
}

function Turn({ view, turn, wrapping, tool }: TurnProps) {
  const last = view.prompt.length - 1;
  const label = promptLabel(turn, last);
  const answer = (side: Side) => (
    <Answer {...{ side, turn, last, tool }} html={view[side][turn] ?? ""} wrapping={wrapping} />
  );
  return (
    <div class={turn === last ? "turn last" : "turn"}>
      <section class="prompt" aria-label={label}>
        <h2 class="label" tabIndex={-1}>
          {label}
        </h2>
        <LongText key={view.assignment} screens={PROMPT_SCREENS}>
          <Prose html={view.prompt[turn] ?? ""} />
        </LongText>
      </section>
      <div class="answers">
        {answer("left")}
        {answer("right")}
      </div>
    </div>
  );
}

interface AnswerProps {
  side: Side;
  turn: number;
  last: number;
  html: string;
  wrapping: Wrapping | undefined;
  tool: ComponentType | undefined;
}

function Answer({ side, turn, last, html, wrapping, tool: Tool }: AnswerProps) {
  const isJudged = turn === last;
  const label = words[side] + (last > 0 ? words.ofTurn(turn + 1) : "");
  return (
    <section class="answer" data-judged={isJudged ? side : undefined} aria-label={label}>
      <header class="answer-heading">
        <h2 class="label" tabIndex={-1}>
          {label}
        </h2>
        {isJudged && wrapping && (
          <button type="button" class="plain wrap" aria-pressed={wrapping.on} onClick={wrapping.switch}>
            {words.wrapLines}
          </button>
        )}
        {isJudged && Tool && <Tool />}
        {isJudged && (
          <button type="button" class="plain jump" onClick={jump}>
            {side === "left" ? words.jumpToRight : words.jumpToLeft}
          </button>
        )}
      </header>
      {html.trim() === "" ? <p class="quiet">{words.emptyAnswer}</p> : <Prose html={html} />}
      {isJudged && <SideScroll />}
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
