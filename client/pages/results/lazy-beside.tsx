import type { ComponentProps, ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { words } from "../../words/results.ts";
import type { BesideView } from "./beside-view.tsx";

type Props = ComponentProps<typeof BesideView>;

/** Two studies side by side, whose code comes when somebody looks at them. */
export function LazyBeside(props: Props) {
  const [state, setState] = useState<{ View: ComponentType<Props> | null; failed: boolean }>(START);
  useEffect(() => {
    if (state.View !== null || state.failed) return;
    import("./beside-view.tsx").then(
      ({ BesideView: View }) => setState({ View, failed: false }),
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
