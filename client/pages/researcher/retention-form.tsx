import { useState } from "preact/hooks";
import type { Departures } from "../../../server/contract/leaving.ts";
import { words } from "../../words/dashboard.ts";
import { CommandLine } from "./command-line.tsx";
import { Failure } from "./failure.tsx";
import { Field } from "./field.tsx";
import { leavingApi } from "./leaving-api.ts";
import { useAction } from "./use-action.ts";

const text = words.leaving;
const DAY_MS = 86_400_000;

interface RetentionFormProps {
  study: string;
  left: Departures;
  onSet: (left: Departures) => void;
}

/** After how many days ids are erased; once that is done, only when it was. Warns of people who still have to be paid. */
export function RetentionForm({ study, left, onSet }: RetentionFormProps) {
  const { retention, toPay, closedAt } = left;
  const [typed, setTyped] = useState("");
  const [days, setDays] = useState(String(retention?.days ?? 30));
  const [names, setNames] = useState(retention?.names ?? false);
  const { working, refused, run } = useAction();
  const isNumber = /^\d{1,4}$/.test(days);
  const isDue = closedAt !== null && Date.parse(closedAt) + Number(days) * DAY_MS <= Date.now();
  const set = () =>
    run(async () => {
      const wanted = { days: Number(days), names, ...(isDue && { typed }) };
      onSet(await leavingApi.setRetention(study, wanted));
    });
  return (
    <div class="retention">
      <h4>{text.retention}</h4>
      <Failure refused={refused} />
      <p role="status">{stateOf(retention)}</p>
      {toPay > 0 && (
        <div class="warning">
          <p>{text.toPay(toPay)}</p>
          <CommandLine command={text.payments(study)} />
        </div>
      )}
      {!retention?.doneAt && (
        <div class="row">
          <label>
            {text.days}{" "}
            <input
              inputMode="numeric"
              size={5}
              value={days}
              onInput={({ currentTarget }) => setDays(currentTarget.value)}
            />
          </label>
          <label>
            <input
              type="checkbox"
              checked={names}
              onChange={({ currentTarget }) => setNames(currentTarget.checked)}
            />{" "}
            {text.names}
          </label>
          {isDue && (
            <Field
              label={text.typeName(study)}
              means={text.erasesNow}
              value={typed}
              onText={setTyped}
              autocomplete="off"
            />
          )}
          <button type="button" disabled={working || !isNumber || (isDue && typed !== study)} onClick={set}>
            {text.set}
          </button>
        </div>
      )}
    </div>
  );
}

function stateOf(retention: Departures["retention"]): string {
  if (retention === null) return text.notSet;
  const { days, dueAt, doneAt } = retention;
  if (doneAt !== null) return text.erased(doneAt.slice(0, 10));
  return dueAt === null ? text.kept(days) : `${text.kept(days)} ${text.due(dueAt.slice(0, 10))}`;
}
