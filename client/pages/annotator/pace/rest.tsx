import { useEffect, useRef } from "preact/hooks";
import { words } from "../../../words/annotator-pace.ts";
import { onBreak } from "../use-active-time.ts";
import { limit } from "./store.ts";

/** A break: over the page, which waits meanwhile and keeps what is held. */
export function Rest({ onEnd }: { onEnd: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    onBreak.value = true;
    dialog.current?.showModal();
    return () => void (onBreak.value = false);
  }, []);
  return (
    <dialog
      ref={dialog}
      class="rest"
      aria-labelledby="rest-title"
      onKeyDown={(event) => event.stopPropagation()}
      onClose={onEnd}
    >
      <h2 id="rest-title">{words.rest.title}</h2>
      <p>{words.rest.text}</p>
      {limit.value !== null && <p>{words.rest.limit}</p>}
      <button type="button" class="primary" onClick={() => dialog.current?.close()}>
        {words.rest.resume}
      </button>
    </dialog>
  );
}
