import type { ComponentChildren } from "preact";
import { panelId, type PanelName, type Panels } from "./use-panels.ts";

interface PanelButtonProps {
  panel: PanelName;
  panels: Panels;
  label?: string;
  children: ComponentChildren;
}

/** Opens and closes a panel. */
export function PanelButton({ panel, panels, label, children }: PanelButtonProps) {
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
