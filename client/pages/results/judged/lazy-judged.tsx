import type { ComponentProps, ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { words } from "../../../words/results.ts";
import type { JudgedView } from "./judged-view.tsx";

type Props = ComponentProps<typeof JudgedView>;

/** The judgments, whose code comes when somebody looks at them. */
export function LazyJudged(props: Props) {
  const [state, setState] = useState<{ View: ComponentType<Props> | null; failed: boolean }>(START);
  useEffect(() => {
    if (state.View !== null || state.failed) return;
    import("./judged-view.tsx").then(
      ({ JudgedView: View }) => setState({ View, failed: false }),
      () => setState({ View: null, failed: true }),
    );
  }, [state]);
  if (state.View !== null) return <state.View {...props} />;
  return (
    <main class="results">
      {state.failed ? (
        <p class="failed" role="status">
          {words.blockFailed}{" "}
          <button type="button" onClick={() => setState(START)}>
            {words.tryAgain}
          </button>
        </p>
      ) : (
        <p role="status">{words.loading}</p>
      )}
    </main>
  );
}

const START = { View: null, failed: false };
