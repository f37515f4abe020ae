import { useState } from "preact/hooks";
import type { WatchedAnnotator } from "../../../../server/contract/watching.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { Thread } from "../messages.tsx";
import { ownerApi } from "../owner-api.ts";
import { useLoaded } from "../use-loaded.ts";

const text = words.watching;
const EVERY_MS = 30_000;

interface LookListProps {
  study: string;
  annotators: readonly WatchedAnnotator[];
  onAnswered: () => void;
}

/** Why annotators need a look, a line each, with what can be done about it here. */
export function LookList({ study, annotators, onAnswered }: LookListProps) {
  if (annotators.length === 0) return null;
  return (
    <>
      <h3>{text.needLook}</h3>
      <ul class="looks">
        {annotators.map((one) => (
          <li key={`${one.group} ${one.annotator}`}>
            <strong>
              <bdi>{one.annotator}</bdi>
            </strong>
            : {one.look.map((reason) => text.looks[reason](one)).join("; ")}
            {one.look.includes("review") && (
              <>
                {" "}
                <a href="#quality">{text.decide}</a>
              </>
            )}
            {one.unanswered && <Conversation study={study} annotator={one} onAnswered={onAnswered} />}
          </li>
        ))}
      </ul>
    </>
  );
}

interface ConversationProps {
  study: string;
  annotator: WatchedAnnotator;
  onAnswered: () => void;
}

/** What one annotator and the researcher wrote, fetched when somebody looks; it can be answered here. */
function Conversation({ study, annotator, onAnswered }: ConversationProps) {
  const [open, setOpen] = useState(false);
  return (
    <div class="conversation message-list">
      {open ? (
        <Messages study={study} annotator={annotator} onAnswered={onAnswered} />
      ) : (
        <button type="button" onClick={() => setOpen(true)}>
          {text.answer}
        </button>
      )}
    </div>
  );
}

function Messages({ study, annotator: { annotator, group }, onAnswered }: ConversationProps) {
  const { value, refused, set } = useLoaded(() => ownerApi.messages(study), EVERY_MS);
  const messages = value?.messages.filter((one) => one.annotator === annotator && one.group === group) ?? [];
  return (
    <>
      <Failure refused={refused} />
      {messages.length > 0 && (
        <Thread
          study={study}
          messages={messages}
          onAnswered={(all) => {
            set(all);
            onAnswered();
          }}
        />
      )}
    </>
  );
}
