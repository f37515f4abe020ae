import type { ComponentChildren } from "preact";
import { progressNow } from "../../outbox/held-work.ts";
import { words } from "../../words/annotator.ts";
import type { Judging } from "./judging.ts";
import { PanelButton } from "./panel-button.tsx";
import { ReadingPanel } from "./reading-panel.tsx";
import { SavedState } from "./saved-state.tsx";
import type { More } from "./use-more.ts";
import { panelId, type Panels } from "./use-panels.ts";

interface PageHeaderProps {
  judging: Judging;
  panels: Panels;
  /** Whether the bar of choices is there, which then has the state and the guidelines. */
  hasBar: boolean;
  more: More | null;
  /** What is fetched once there is a pair. */
  pace: typeof import("./pace/index.ts") | null;
}

/** What the work is, how far it is, and how it is read; without a pair also whether it is saved, and the guidelines. */
export function PageHeader({ judging, panels, hasBar, more, pace }: PageHeaderProps) {
  const { sheet } = judging.held.value;
  return (
    <header class="page-header">
      <div class="bar">
        <p class="title" lang={sheet?.language} dir="auto">
          {sheet?.title ?? words.brand}
        </p>
        <HowFar judging={judging}>{pace && <pace.TimeLeft judging={judging} />}</HowFar>
        {!hasBar && <SavedState judging={judging} />}
        <div class="tools">
          {more && sheet?.messages && <more.MessagesButton judging={judging} panels={panels} />}
          <PanelButton panel="reading" panels={panels} label={words.reading}>
            <span class="aa" aria-hidden="true">
              {words.readingShort}
            </span>
          </PanelButton>
          {!hasBar && sheet?.guidelines && (
            <PanelButton panel="guidelines" panels={panels}>
              {words.guidelines}
            </PanelButton>
          )}
        </div>
      </div>
      <section
        id={panelId("reading")}
        class="panel"
        aria-label={words.reading}
        hidden={panels.open !== "reading"}
      >
        <ReadingPanel judging={judging} sheet={sheet} />
      </section>
    </header>
  );
}

function HowFar({ judging, children }: { judging: Judging; children: ComponentChildren }) {
  const progress = progressNow(judging.held.value);
  if (!progress || progress.of === 0) return null;
  const { judged, of } = progress;
  return (
    <p class="how-far">
      <span>{words.progress(judged, of)}</span>
      <progress value={judged} max={of} aria-label={words.progressLabel(judged, of)} />
      {children}
    </p>
  );
}
