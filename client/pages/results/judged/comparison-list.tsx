import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { words } from "../../../words/results-judged.ts";
import { ComparisonItem } from "./comparison-item.tsx";
import type { Judged } from "./use-judged.ts";

interface Props {
  judged: Judged & { more: () => void };
  /** Whose judgments were asked for: they are marked among those of the others. */
  annotators: readonly (string | undefined)[];
  /** Null: a reader who came by a link and can write nothing. */
  study: string | null;
}

/** The comparisons that have come, how many they are, and the next ones on request. */
export function ComparisonList({
  judged: { comparisons, next, state, refused, more },
  annotators,
  study,
}: Props) {
  const { list, status, button, asking, ask } = useReadingOn(comparisons.length, state === "fetching");
  const fetching = state === "fetching";
  const goesOn = refused === null && next !== null;
  return (
    <>
      <ol class="comparisons" ref={list}>
        {comparisons.map((one) => (
          <li key={one.id}>
            <ComparisonItem comparison={one} annotators={annotators} study={study} />
          </li>
        ))}
      </ol>
      <p role="status" class="quiet" ref={status} tabIndex={-1}>
        {fetching && words.fetching}
        {state === "unreachable" && words.unreachable}
        {state === "here" && refused === null && saidOf(comparisons.length, next)}
      </p>
      {goesOn && (asking || !fetching) && (
        <button ref={button} type="button" aria-disabled={fetching} onClick={() => !fetching && ask(more)}>
          {state === "unreachable" ? words.tryAgain : words.more}
        </button>
      )}
    </>
  );
}

const saidOf = (count: number, next: string | null): string =>
  count === 0 && next === null ? words.none : words.shown(count);

/** Whoever asked for more with the keyboard reads on at the first that is new: the button may be gone by then. */
function useReadingOn(count: number, fetching: boolean) {
  const list = useRef<HTMLOListElement>(null);
  const status = useRef<HTMLParagraphElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [had, setHad] = useState<number | null>(null);
  useLayoutEffect(() => {
    if (had === null || fetching) return;
    const isFree = document.activeElement === null || document.activeElement === document.body;
    const first = list.current?.children[had]?.querySelector("h2");
    if (first && (isFree || document.activeElement === button.current)) first.focus();
    else if (isFree) status.current?.focus();
    setHad(null);
  }, [count, fetching, had]);
  const ask = (more: () => void) => {
    setHad(count);
    more();
  };
  return { list, status, button, asking: had !== null, ask };
}
