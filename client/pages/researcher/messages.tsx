import { useState } from "preact/hooks";
import type { StudyMessages } from "../../../server/contract/remarks.ts";
import { words } from "../../words/dashboard.ts";
import { Failure } from "./failure.tsx";
import { ownerApi } from "./owner-api.ts";
import { useAction } from "./use-action.ts";
import { useLoaded } from "./use-loaded.ts";

const text = words.messages;
const EVERY_MS = 10_000;

/** What annotators wrote to the researcher, by annotator and each with an answer; and what they guessed at the end. */
export function Messages({ study }: { study: string }) {
  const { value, refused, set } = useLoaded(() => ownerApi.messages(study), EVERY_MS);
  if (value === null) return <Failure refused={refused} />;
  const { messages, waiting, guesses } = value;
  const whose = ({ annotator, group }: StudyMessages["messages"][number]) =>
    JSON.stringify([group, annotator]);
  const annotators = [...new Set(messages.map(whose))];
  return (
    <div class="message-list">
      <h3>{text.title}</h3>
      <p role="status">{text.extent(messages.length, waiting)}</p>
      {annotators.map((one) => (
        <Thread
          key={one}
          study={study}
          messages={messages.filter((message) => whose(message) === one)}
          onAnswered={set}
        />
      ))}
      {guesses.length > 0 && (
        <details>
          <summary>{text.guesses(guesses.length)}</summary>
          <ul>
            {guesses.map(({ annotator, couldTell, text: said }) => (
              <li key={annotator}>
                <bdi>{annotator}</bdi>: {text.couldTell[couldTell]}
                {said !== null && <p class="said">{said}</p>}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Failure refused={refused} />
    </div>
  );
}

interface ThreadProps {
  study: string;
  messages: StudyMessages["messages"];
  onAnswered: (all: StudyMessages) => void;
}

/** What one annotator and the researcher wrote; open where the annotator waits for an answer. */
export function Thread({ study, messages, onAnswered }: ThreadProps) {
  const { annotator, group } = messages[0]!;
  const isWaiting = !messages.at(-1)!.fromOwner;
  // it stays as it is once it is answered
  const [wasWaiting] = useState(isWaiting);
  const [said, setSaid] = useState("");
  const { working, refused, run } = useAction();
  const answer = () =>
    run(async () => {
      onAnswered(await ownerApi.answer(study, annotator, said));
      setSaid("");
    });
  return (
    <details open={wasWaiting}>
      <summary>
        <bdi>{annotator}</bdi>, <bdi>{group}</bdi>
        {isWaiting && <strong> {text.isWaiting}</strong>}
      </summary>
      <ol>
        {messages.map(({ fromOwner, text: written, at }, i) => (
          <li key={i} class={fromOwner ? "mine" : undefined}>
            <p class="quiet">
              {fromOwner ? text.you : <bdi>{annotator}</bdi>}, {words.time(at)}
            </p>
            <p class="said" dir="auto">
              {written}
            </p>
          </li>
        ))}
      </ol>
      <label>
        {text.answerTo(annotator)}
        <textarea
          rows={3}
          dir="auto"
          maxLength={2000}
          value={said}
          onInput={(event) => setSaid(event.currentTarget.value)}
        />
      </label>
      <Failure refused={refused} />
      <button type="button" disabled={working || said.trim() === ""} onClick={answer}>
        {text.send}
      </button>
    </details>
  );
}
