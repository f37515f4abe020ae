import { useState } from "preact/hooks";
import { words } from "../../words/dashboard.ts";

/** Copies a text with a click and says that it did. `what` tells those who do not see the row what is copied. */
export function CopyButton({
  text,
  what,
  label = words.copy,
}: {
  text: string;
  what: string;
  label?: string;
}) {
  const [said, setSaid] = useState("");
  const copy = () => {
    copyText(text).then(
      () => setSaid(words.copied),
      () => setSaid(words.copyFailed),
    );
  };
  return (
    <span class="copy">
      <button type="button" onClick={copy}>
        {label} <span class="out-of-sight">{what}</span>
      </button>
      <span role="status" class="said">
        {said}
      </span>
    </span>
  );
}

/** Browsers give the clipboard to secure pages only; a dashboard over plain http on another machine has none. */
async function copyText(text: string): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) throw new Error("no clipboard");
  await clipboard.writeText(text);
}
