import { CopyButton } from "./copy-button.tsx";

/** A command to run in a terminal, copied with a click. */
export function CommandLine({ command }: { command: string }) {
  return (
    <div class="command">
      <code dir="ltr">{command}</code>
      <CopyButton text={command} what={command} />
    </div>
  );
}
