import { useState } from "preact/hooks";
import type { CouldTell } from "../../../../server/contract/remarks.ts";
import { words } from "../../../words/annotator-more.ts";
import type { Judging } from "../judging.ts";
import { ownApi } from "./own-api.ts";

const text = words.guess;
const ANSWERS = Object.keys(text.answers) as CouldTell[];
/** As the server takes it. */
const GUESS_MAX = 2000;

/** Asks at the end whether somebody could tell which system wrote which answer; it can be left out. */
export function GuessQuestion({ judging }: { judging: Judging }) {
  const [couldTell, setCouldTell] = useState<CouldTell | null>(null);
  const [said, setSaid] = useState("");
  const [failed, setFailed] = useState(false);
  const send = async () => {
    if (couldTell === null) return;
    const isSaid = couldTell !== "no" && said.trim() !== "";
    const ending = await ownApi().giveGuess({ couldTell, ...(isSaid && { text: said }) });
    setFailed(ending.kind !== "ok");
    if (ending.kind === "ok") judging.dropGuess();
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
              onChange={() => setCouldTell(one)}
            />
            {text.answers[one]}
          </label>
        ))}
      </fieldset>
      {couldTell !== null && couldTell !== "no" && (
        <label class="which">
          {text.which}
          <textarea
            rows={3}
            dir="auto"
            maxLength={GUESS_MAX}
            value={said}
            onInput={(event) => setSaid(event.currentTarget.value)}
          />
        </label>
      )}
      <p class="trouble" role="alert">
        {failed && text.notSent}
      </p>
      <div class="actions">
        <button type="submit" class="primary" disabled={couldTell === null}>
          {text.send}
        </button>
        <button type="button" class="plain" onClick={() => judging.dropGuess()}>
          {text.leaveOut}
        </button>
      </div>
    </form>
  );
}
