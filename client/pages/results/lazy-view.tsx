import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { words } from "../../words/results.ts";

/** A view in place of the results, whose code comes when it is shown; `load` is asked again where the reader wants it. */
export function lazyView<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return function LazyView(props: Props) {
    const [View, setView] = useState<ComponentType<Props> | null>(null);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (failed || View) return;
      load().then(
        (view) => setView(() => view),
        () => setFailed(true),
      );
    }, [failed]);
    if (View) return <View {...props} />;
    return (
      <main class="results">
        {failed ? <LoadAgain again={() => setFailed(false)} /> : <p role="status">{words.loading}</p>}
      </main>
    );
  };
}

/** Where code or figures could not be fetched; `stale`: older ones are shown. */
export const LoadAgain = ({ again, stale = false }: { again: () => void; stale?: boolean }) => (
  <p class="failed" role="status">
    {stale ? words.blockStale : words.blockFailed}{" "}
    <button type="button" onClick={again}>
      {words.tryAgain}
    </button>
  </p>
);
