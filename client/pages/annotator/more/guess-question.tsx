import { useState } from "preact/hooks";
import type { CouldTell } from "../../../../server/contract/remarks.ts";
import { words } from "../../../words/annotator-more.ts";
import type { Draft } from "../../../outbox/held-work.ts";
import type { Judging } from "../judging.ts";
import { ownApi } from "./own-api.ts";

const text = words.guess;
const ANSWERS = Object.keys(text.answers) as CouldTell[];
/** As the server takes it. */
const GUESS_MAX = 2000;

/** Asks at the end whether somebody could tell which system wrote which answer; it can be left out. */
export function GuessQuestion({ judging }: { judging: Judging }) {
  const { couldTell, text: said = "" } = judging.held.value.drafts.guess ?? {};
  const change = (part: Draft) => judging.keepDraft("guess", (now) => ({ ...now, ...part }));
  const [failed, setFailed] = useState(false);
  const send = async () => {
    if (couldTell === undefined) return;
    const isSaid = couldTell !== "no" && said.trim() !== "";
    const ending = await ownApi().giveGuess({ couldTell, ...(isSaid && { text: said }) });
    setFailed(ending.kind !== "ok");
    if (ending.kind === "ok") judging.dropGuess();
  };
  const decline = () => {
    void ownApi().giveGuess({ couldTell: "declined" }); // where it does not arrive, a later visit asks once more
    judging.dropGuess();
  };
  return (
    <form
      class="guess"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset>
        <legend>{text.question}</legend>
        {ANSWERS.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="could-tell"
              checked={couldTell === one}
              onChange={() => change({ couldTell: one })}
            />
            {text.answers[one]}
          </label>
        ))}
      </fieldset>
      {couldTell !== undefined && couldTell !== "no" && (
        <label class="which">
          {text.which}
          <textarea
            rows={3}
            dir="auto"
            maxLength={GUESS_MAX}
            value={said}
            onInput={(event) => change({ text: event.currentTarget.value })}
          />
        </label>
      )}
      <p class="trouble" role="alert">
        {failed && text.notSent}
      </p>
      <div class="actions">
        <button type="submit" class="primary" disabled={couldTell === undefined}>
          {text.send}
        </button>
        <button type="button" class="plain" onClick={decline}>
          {text.leaveOut}
        </button>
      </div>
    </form>
  );
}
