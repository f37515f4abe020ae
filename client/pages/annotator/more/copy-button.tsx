import { useState } from "preact/hooks";
import { words } from "../../../words/annotator-more.ts";

const text = words.copy;

/** Copies the answer in whose heading it stands. Where signs are noted, this is one, as any other copying. */
export function CopyButton() {
  const [said, setSaid] = useState("");
  const copy = async (button: Element) => {
    const answer = button.closest(".answer")?.querySelector<HTMLElement>(".prose");
    if (!answer) return;
    answer.dispatchEvent(new ClipboardEvent("copy", { bubbles: true }));
    try {
      await navigator.clipboard.writeText(answer.innerText);
      setSaid(text.copied);
    } catch {
      // without a secure connection browsers have no clipboard for pages
      getSelection()?.selectAllChildren(answer);
      setSaid(text.selected);
    }
  };
  return (
    <>
      <button type="button" class="plain" onClick={({ currentTarget }) => void copy(currentTarget)}>
        {text.copy}
      </button>
      <span class="quiet" role="status">
        {said}
      </span>
    </>
  );
}
