import { useState } from "preact/hooks";
import type { Review } from "../../../server/contract/quality.ts";
import { words } from "../../words/dashboard.ts";
import { focusOnce } from "./focus-once.ts";
import { Wrote } from "./wrote.tsx";

const text = words.quality;

interface OpenReviewProps {
  review: Review;
  working: boolean;
  decide: (annotator: string, decision: "end" | "go on", reason?: string) => void;
}

/** Somebody who waits for a decision: they go on, or their part ends, with a reason. */
export function OpenReview({ review, working, decide }: OpenReviewProps) {
  const { annotator, signal, proposesEnd, openedAt, answer } = review;
  const [asks, setAsks] = useState(false);
  return (
    <div class="open-review" role="group" aria-label={text.reviewOf(annotator)}>
      <p>
        <strong>
          <bdi>{annotator}</bdi>
        </strong>{" "}
        {signal !== null && `${text.because[signal]}, `}
        {text.since(words.time(openedAt))}. {proposesEnd && text.asksEnd}
      </p>
      {answer !== null && <Wrote answer={answer} />}
      {asks ? (
        <EndForm
          working={working}
          onCancel={() => setAsks(false)}
          onEnd={(reason) => decide(annotator, "end", reason)}
        />
      ) : (
        <p class="buttons">
          <button type="button" disabled={working} onClick={() => decide(annotator, "go on")}>
            {text.goOn}
          </button>
          <button type="button" disabled={working} onClick={() => setAsks(true)}>
            {text.end}
          </button>
        </p>
      )}
    </div>
  );
}

interface EndFormProps {
  working: boolean;
  onEnd: (reason: string) => void;
  onCancel: () => void;
}

function EndForm({ working, onEnd, onCancel }: EndFormProps) {
  const [reason, setReason] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    onEnd(reason);
  };
  return (
    <form onSubmit={submit}>
      <p>{text.endMeans}</p>
      <label>
        {text.reason}
        <input
          ref={focusOnce}
          type="text"
          required
          maxLength={2000}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <p class="buttons">
        <button type="submit" class="primary" disabled={working || reason.trim() === ""}>
          {text.endNow}
        </button>
        <button type="button" disabled={working} onClick={onCancel}>
          {text.notNow}
        </button>
      </p>
    </form>
  );
}
