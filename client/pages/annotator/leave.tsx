import { type ComponentType } from "preact";
import { useState } from "preact/hooks";
import { words } from "../../words/annotator.ts";
import type { Judging } from "./judging.ts";
import type { LeavingProps } from "./leaving/leaving-props.ts";

/** The way out, at any moment: to stop, to withdraw, to be erased. What it leads to is loaded when it is wanted. */
export function Leave({ judging }: { judging: Judging }) {
  const [Panel, setPanel] = useState<ComponentType<LeavingProps> | null>(null);
  const [failed, setFailed] = useState(false);
  const open = async () => {
    setFailed(false);
    const loaded = await import("./leaving/leaving-dialog.tsx").catch(() => null);
    if (loaded) setPanel(() => loaded.LeavingDialog);
    else setFailed(true);
  };
  return (
    <footer class="leave">
      <button type="button" class="plain" aria-haspopup="dialog" onClick={() => void open()}>
        {words.leave}
      </button>
      <span class="trouble" role="alert">
        {failed && words.offlineNow}
      </span>
      {Panel && <Panel judging={judging} onClose={() => setPanel(null)} />}
    </footer>
  );
}
