import { useEffect, useState } from "preact/hooks";
import type { JudgeCall, ShownCall } from "../../../../server/contract/judge-calls.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { Choice } from "../field.tsx";
import { useAction } from "../use-action.ts";
import { judgesApi } from "./judges-api.ts";
import { SentCall } from "./sent-call.tsx";

const text = words.judges.judged;
const A_PAGE = 20;
const STATES = ["", "answered", "failed"] as const;
type State = (typeof STATES)[number];

interface Whose {
  readonly study: string;
  readonly annotator: string;
  readonly group: string;
}

/** The calls of one judge, the latest first, each with what was sent. */
export function CallList(whose: Whose) {
  const [state, setState] = useState<State>("");
  return (
    <div class="call-list">
      <Choice label={text.show} value={state} onText={(value) => setState(value as State)}>
        {STATES.map((one) => (
          <option key={one} value={one}>
            {text.states[one === "" ? "all" : one]}
          </option>
        ))}
      </Choice>
      <Calls key={state} {...whose} state={state} />
    </div>
  );
}

/** Those of one state; made anew for another, so that no call stands under the name of a state that is not its own. */
function Calls({ study, annotator, group, state }: Whose & { state: State }) {
  const [calls, setCalls] = useState<readonly JudgeCall[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const { working, refused, run } = useAction();
  const fetchPage = (after: string | null, before: readonly JudgeCall[]) =>
    run(async () => {
      const page = await judgesApi.calls(study, { annotator, group, state, after, limit: A_PAGE });
      setCalls([...before, ...page.calls]);
      setNext(page.next);
    });
  useEffect(() => fetchPage(null, []), [study, annotator, group]);
  return (
    <>
      {calls.length === 0 && !working && refused === null && <p class="quiet">{text.noCalls}</p>}
      <ul class="judge-runs">
        {calls.map((call) => (
          <li key={call.id}>
            <CallEntry study={study} call={call} />
          </li>
        ))}
      </ul>
      <Failure refused={refused} />
      {next !== null && (
        <button type="button" disabled={working} onClick={() => fetchPage(next, calls)}>
          {text.more}
        </button>
      )}
    </>
  );
}

function CallEntry({ study, call }: { study: string; call: JudgeCall }) {
  const [shown, setShown] = useState<ShownCall | null>(null);
  const { working, refused, run } = useAction();
  const unfold = (event: Event & { currentTarget: HTMLDetailsElement }) => {
    if (event.currentTarget.open && shown === null)
      run(async () => setShown(await judgesApi.call(study, call.id)));
  };
  return (
    <details onToggle={unfold}>
      <summary>
        <bdi>{text.pair(call.prompt, call.turn)}</bdi>: <bdi>{verdictOf(call)}</bdi>
      </summary>
      {working && <p role="status">{words.loading}</p>}
      <Failure refused={refused} />
      {shown !== null && <SentCall call={shown} />}
    </details>
  );
}

/** Which system it prefers, and on which side that stood; or why there is no verdict. */
function verdictOf({ state, outcome, left, right }: JudgeCall): string {
  if (state === "claimed") return text.waiting;
  if (state !== "answered") return text.withoutVerdict(outcome ?? "lost");
  if (outcome === "left") return text.first(left, right);
  return outcome === "right" ? text.second(right, left) : text.tie(left, right);
}
