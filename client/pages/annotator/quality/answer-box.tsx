import { useState } from "preact/hooks";
import { words } from "../../../words/annotator-quality.ts";
import type { Judging } from "../judging.ts";
import "./quality.css";

const text = words.answer;
const LENGTH_MAX = 2000;

/** What somebody whose part a person has ended writes to them. */
export const AnswerToEnd = ({ judging }: { judging: Judging }) => (
  <section class="answer-to-end" aria-labelledby="answer-asked">
    <AnswerBox judging={judging} asks={text.ofEnded} />
  </section>
);

/** What somebody writes to the person who looks at their work. */
export function AnswerBox({ judging, asks }: { judging: Judging; asks: string }) {
  const { text: answer = "" } = judging.held.value.drafts.review ?? {};
  const [outcome, setOutcome] = useState<"sent" | "failed" | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    const isSent = await judging.post("/api/judge/review", { answer });
    setOutcome(isSent ? "sent" : "failed");
    if (isSent) judging.keepDraft("review", (now) => (now?.text === answer ? undefined : now));
  };
  return (
    <form class="answer-box" onSubmit={(event) => void send(event)}>
      <p id="answer-asked">{asks}</p>
      <label>
        {text.label}
        <textarea
          rows={4}
          maxLength={LENGTH_MAX}
          required
          dir="auto"
          aria-describedby="answer-asked"
          value={answer}
          onInput={({ currentTarget: { value } }) =>
            judging.keepDraft("review", () => (value === "" ? undefined : { text: value }))
          }
        />
      </label>
      <div class="actions">
        <button type="submit" disabled={answer.trim() === ""}>
          {text.send}
        </button>
        <span role="status">{outcome === "sent" && text.sent}</span>
      </div>
      <p class="trouble" role="alert">
        {outcome === "failed" && text.failed}
      </p>
    </form>
  );
}
