import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface SettingsDetailsProps {
  readonly title: string;
  /** What is inside, made when it is opened: it fetches its own data. */
  readonly content: () => ComponentChildren;
}

/** Settings behind a title, fetched when somebody opens them. */
export function SettingsDetails({ title, content }: SettingsDetailsProps) {
  const [open, setOpen] = useState(false);
  return (
    <details class="platform-settings" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && content()}
    </details>
  );
}
