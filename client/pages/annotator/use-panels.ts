import { useCallback, useLayoutEffect, useState } from "preact/hooks";

/** What can be opened over or beside a pair, one at a time; nothing is chosen meanwhile. */
export type PanelName = "reading" | "guidelines" | "cannot" | "remarks" | "messages";

export interface Panels {
  readonly open: PanelName | null;
  readonly toggle: (panel: PanelName) => void;
  /** Closes what is open; the focus goes back to its button. */
  readonly close: () => void;
}

/** The id of a panel: what its button controls. */
export const panelId = (panel: PanelName): string => `panel-${panel}`;

/** Those that stand in place of the choices: they belong to one pair, and close with it. */
export const isInstead = (panel: PanelName | null): boolean => panel === "cannot" || panel === "remarks";

/** Which panel is open. Esc closes it. */
export function usePanels(assignment: string | null): Panels {
  const [open, setOpen] = useState<PanelName | null>(null);
  const toggle = useCallback((panel: PanelName) => setOpen((now) => (now === panel ? null : panel)), []);
  const close = useCallback(() => {
    if (open === null) return;
    setOpen(null);
    document.querySelector<HTMLElement>(`[aria-controls="${panelId(open)}"]`)?.focus();
  }, [open]);
  useLayoutEffect(() => setOpen((now) => (isInstead(now) ? null : now)), [assignment]);
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.isComposing) close();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [close]);
  return { open, toggle, close };
}
