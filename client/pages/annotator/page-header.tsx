import { Prose } from "../../components/prose.tsx";
import { progressNow } from "../../outbox/held-work.ts";
import { words } from "../../words/annotator.ts";
import type { Judging } from "./judging.ts";
import { ReadingPanel } from "./reading-panel.tsx";
import { SavedState } from "./saved-state.tsx";
import { panelId, type PanelName, type Panels } from "./use-panels.ts";

/** What the work is, how far it is, whether it is saved, how it is read, and what the guidelines say. */
export function PageHeader({ judging, panels }: { judging: Judging; panels: Panels }) {
  const { sheet } = judging.held.value;
  const { open } = panels;
  return (
    <header class="page-header">
      <div class="bar">
        <p class="title" lang={sheet?.language} dir="auto">
          {sheet?.title ?? words.brand}
        </p>
        <HowFar judging={judging} />
        <SavedState judging={judging} />
        <div class="tools">
          <PanelButton panel="reading" panels={panels} label={words.reading}>
            <span class="aa" aria-hidden="true">
              {words.readingShort}
            </span>
          </PanelButton>
          {sheet?.guidelines && (
            <PanelButton panel="guidelines" panels={panels}>
              {words.guidelines}
            </PanelButton>
          )}
        </div>
      </div>
      <section id={panelId("reading")} class="panel" aria-label={words.reading} hidden={open !== "reading"}>
        <ReadingPanel judging={judging} sheet={sheet} />
      </section>
      <section
        id={panelId("guidelines")}
        class="panel"
        aria-label={words.guidelines}
        hidden={open !== "guidelines"}
      >
        {sheet?.guidelines && <Prose html={sheet.guidelines} lang={sheet.language} />}
        <button type="button" onClick={panels.close}>
          {words.close}
        </button>
      </section>
    </header>
  );
}

interface PanelButtonProps {
  panel: PanelName;
  panels: Panels;
  label?: string;
  children: preact.ComponentChildren;
}

function PanelButton({ panel, panels, label, children }: PanelButtonProps) {
  return (
    <button
      type="button"
      class="plain"
      aria-expanded={panels.open === panel}
      aria-controls={panelId(panel)}
      aria-label={label}
      onClick={() => panels.toggle(panel)}
    >
      {children}
    </button>
  );
}

function HowFar({ judging }: { judging: Judging }) {
  const progress = progressNow(judging.held.value);
  if (!progress || progress.of === 0) return null;
  const { judged, of } = progress;
  return (
    <p class="how-far">
      <span>{words.progress(judged, of)}</span>
      <progress value={judged} max={of} aria-label={words.progressLabel(judged, of)} />
    </p>
  );
}
