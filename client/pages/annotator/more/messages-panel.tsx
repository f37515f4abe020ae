import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Thread } from "../../../../server/contract/remarks.ts";
import { words } from "../../../words/annotator-more.ts";
import { newKey } from "../browser-ports.ts";
import type { Judging } from "../judging.ts";
import { panelId, type Panels } from "../use-panels.ts";
import { ownApi } from "./own-api.ts";

const text = words.messages;
/** As the server takes it. */
const MESSAGE_MAX = 2000;
/** While the panel is open, an answer may come. */
const LOOKS_AGAIN_MS = 15_000;

interface MessagesProps {
  judging: Judging;
  panels: Panels;
}

/** Opens the messages; says how many answers have not been read. */
export function MessagesButton({ judging, panels }: MessagesProps) {
  const { unread } = judging.held.value;
  return (
    <button
      type="button"
      class="plain"
      aria-expanded={panels.open === "messages"}
      aria-controls={panelId("messages")}
      onClick={() => panels.toggle("messages")}
    >
      {text.title}
      <span role="status">{unread > 0 && <span class="chosen">{text.unread(unread)}</span>}</span>
    </button>
  );
}

/** What the annotator and the researcher wrote to each other, at the side of the page. */
export function MessagesPanel({ judging, panels }: MessagesProps) {
  const open = panels.open === "messages";
  return (
    <aside id={panelId("messages")} class="guidelines" aria-labelledby="messages-heading" hidden={!open}>
      {open && <Messages judging={judging} panels={panels} />}
    </aside>
  );
}

function Messages({ judging, panels }: MessagesProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [thread, setThread] = useState<Thread | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const open = async () => {
      const ending = await ownApi().openThread();
      if (ending.kind !== "ok") return setFailure(text.unreachable);
      setFailure(null);
      setThread(ending.reply);
      // the sign goes once the server says that there is nothing left to read
      if (judging.held.peek().unread > 0) void judging.wake({ mayReplaceShown: false });
    };
    void open();
    const timer = setInterval(() => void open(), LOOKS_AGAIN_MS);
    return () => clearInterval(timer);
  }, [judging]);
  return (
    <>
      <div class="guidelines-head">
        <h2 id="messages-heading" ref={heading} tabIndex={-1}>
          {text.title}
        </h2>
        <button type="button" class="plain" onClick={panels.close}>
          {text.close}
        </button>
      </div>
      <div class="guidelines-text messages" role="group" aria-labelledby="messages-heading" tabIndex={0}>
        <p class="quiet">{text.means}</p>
        <ol aria-live="polite">
          {thread?.messages.map(({ isMine, text: said, at }, i) => (
            <li key={i} class={isMine ? "mine" : undefined}>
              <p class="quiet">
                {isMine ? text.you : text.researcher}, {new Date(at).toLocaleString()}
              </p>
              <p class="said" dir="auto">
                {said}
              </p>
            </li>
          ))}
        </ol>
        <Write judging={judging} onSent={setThread} />
        <p class="trouble" role="alert">
          {failure}
        </p>
      </div>
    </>
  );
}

function Write({ judging, onSent }: { judging: Judging; onSent: (thread: Thread) => void }) {
  const { text: said = "", requestKey = "" } = judging.held.value.drafts.message ?? {};
  const [failure, setFailure] = useState<string | null>(null);
  const send = async () => {
    const ending = await ownApi().sendMessage({ text: said, requestKey });
    if (ending.kind !== "ok") return setFailure(ending.kind === "refused" ? ending.message : text.notSent);
    judging.keepDraft("message", (now) => (now?.requestKey === requestKey ? undefined : now));
    setFailure(null);
    onSent(ending.reply);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label>
        {text.write}
        <textarea
          rows={4}
          dir="auto"
          maxLength={MESSAGE_MAX}
          value={said}
          onInput={({ currentTarget: { value } }) => {
            // another text is another message
            const draft = value === "" ? undefined : { text: value, requestKey: newKey() };
            judging.keepDraft("message", () => draft);
          }}
        />
      </label>
      <p class="trouble" role="alert">
        {failure}
      </p>
      <button type="submit" class="primary" disabled={said.trim() === ""}>
        {text.send}
      </button>
    </form>
  );
}
