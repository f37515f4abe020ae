import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { words } from "../../../words/results.ts";
import { LoadAgain } from "../lazy-view.tsx";
import type { PaperSource } from "./fetch-paper.ts";

type Panel = ComponentType<PaperSource>;

/** What a paper takes from the report, closed at first; its code comes when somebody opens it. */
export function LazyPaper(props: PaperSource) {
  const [Panel, setPanel] = useState<Panel | null>(null);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    import("./paper-panel.tsx").then(
      (code) => setPanel(() => code.PaperPanel),
      () => setFailed(true),
    );
  };
  const onToggle = (event: Event) => {
    if ((event.currentTarget as HTMLDetailsElement).open && Panel === null) load();
  };
  return (
    <details class="paper" onToggle={onToggle}>
      <summary>{words.forPaper}</summary>
      {Panel !== null && <Panel {...props} />}
      {Panel === null && failed && <LoadAgain again={load} />}
    </details>
  );
}
