import { useState } from "preact/hooks";
import type { StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { Failure } from "./failure.tsx";
import { focusOnce } from "./focus-once.ts";
import { ownerApi } from "./owner-api.ts";
import { useAction } from "./use-action.ts";

type Move = "open" | "reopen" | "allot" | "pause" | "close";

const TO = { open: "open", reopen: "open", allot: "open", pause: "paused", close: "closed" } as const;
const MOVES: Record<StudyDetail["state"], Move[]> = {
  draft: ["open"],
  open: ["pause", "close", "allot"],
  paused: ["reopen", "close"],
  closed: [],
};

/** Opening, pausing and closing: each says what it means, in place, before it is done. */
export function StateMoves({
  study,
  changed,
}: {
  study: StudyDetail;
  changed: (study: StudyDetail) => void;
}) {
  const [asked, setAsked] = useState<Move | null>(null);
  const { working, refused, run } = useAction();
  const confirm = (move: Move) =>
    run(async () => {
      changed(await ownerApi.move(study.name, TO[move]));
      setAsked(null);
    });
  const isThere = asked !== null && MOVES[study.state].includes(asked);
  return (
    <div class="moves">
      {!isThere &&
        MOVES[study.state].map((move, index) => (
          <button
            key={move}
            type="button"
            class={index === 0 && study.state !== "open" ? "primary" : undefined}
            onClick={() => setAsked(move)}
          >
            {words.moves[move].label}
          </button>
        ))}
      {isThere && (
        <div class="confirm" role="group" aria-labelledby="move-asks" aria-describedby="move-means">
          <p id="move-asks">
            <strong>{words.moves[asked].asks}</strong>
          </p>
          <p id="move-means">{words.moves[asked].means}</p>
          <p class="buttons">
            <button
              type="button"
              class="primary"
              disabled={working}
              onClick={() => confirm(asked)}
              ref={focusOnce}
            >
              {working ? words.moves.working : words.moves[asked].label}
            </button>
            <button type="button" disabled={working} onClick={() => setAsked(null)}>
              {words.moves.notNow}
            </button>
          </p>
        </div>
      )}
      <Failure refused={refused} />
    </div>
  );
}
