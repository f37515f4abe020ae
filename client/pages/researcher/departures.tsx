import { useState } from "preact/hooks";
import type { Departure, Departures as Left, Duty } from "../../../server/contract/leaving.ts";
import { words } from "../../words/dashboard.ts";
import { Failure } from "./failure.tsx";
import { focusOnce } from "./focus-once.ts";
import { leavingApi } from "./leaving-api.ts";
import { RetentionForm } from "./retention-form.tsx";
import { useAction } from "./use-action.ts";
import { useLoaded } from "./use-loaded.ts";
import { ScrollTable } from "./scroll-table.tsx";

const text = words.leaving;
const EVERY_MS = 15_000;

/** Who withdrew or was erased and what is left to do, and how long ids are kept; fetched when somebody looks. */
export function Departures({ study }: { study: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="departures" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.title}</summary>
      {open && <Content study={study} />}
    </details>
  );
}

function Content({ study }: { study: string }) {
  const { value, refused, again, set } = useLoaded(() => leavingApi.departures(study), EVERY_MS);
  return (
    <>
      <Failure refused={refused} />
      {value && (
        <>
          {value.departures.length === 0 ? (
            <p>{text.none}</p>
          ) : (
            <Table study={study} departures={value.departures} onDone={set} />
          )}
          <LeaveForm study={study} onDone={again} />
          <RetentionForm study={study} left={value} onSet={set} />
        </>
      )}
    </>
  );
}

interface TableProps {
  study: string;
  departures: readonly Departure[];
  onDone: (left: Left) => void;
}

const Table = ({ study, departures, onDone }: TableProps) => (
  <div class="scrolls" tabIndex={0} role="region" aria-label={text.table}>
    <ScrollTable label={text.title} headings={[text.annotator, text.what, text.when, text.by, text.toDo]}>
      {departures.map((one) => (
        <Row key={one.annotator} study={study} departure={one} onDone={onDone} />
      ))}
    </ScrollTable>
  </div>
);

interface RowProps {
  study: string;
  departure: Departure;
  onDone: (left: Left) => void;
}

function Row({ study, departure, onDone }: RowProps) {
  const { annotator, kind, askedAt, by, doneAt, duties, done } = departure;
  const { working, refused, run } = useAction();
  const finish = (duty: Duty, undo = false) =>
    run(async () => onDone(await leavingApi.finishDuty(study, { annotator, duty, undo })));
  return (
    <tr>
      <th scope="row">
        <bdi>{annotator}</bdi>
      </th>
      <td>{doneAt === null ? text.asked : text.kinds[kind]}</td>
      <td>{askedAt.slice(0, 10)}</td>
      <td>{text.people[by] ?? by}</td>
      <td>
        {duties.length + done.length === 0 && text.nothing}
        {duties.map((duty) => (
          <p key={duty}>
            {text.duties[duty]}{" "}
            <button
              type="button"
              aria-label={text.markDone(duty, annotator)}
              disabled={working}
              onClick={() => finish(duty)}
            >
              {text.isDone}
            </button>
          </p>
        ))}
        {done.map(({ duty, at }) => (
          <p key={duty} class="quiet">
            {text.wasDone[duty](at.slice(0, 10))}{" "}
            <button
              type="button"
              aria-label={text.takeBack(duty, annotator)}
              disabled={working}
              onClick={() => finish(duty, true)}
            >
              {text.undo}
            </button>
          </p>
        ))}
        <Failure refused={refused} />
      </td>
    </tr>
  );
}

type Way = "withdraw" | "erase";

/** Withdraws or erases somebody who has written to the owner; asks before it does. */
function LeaveForm({ study, onDone }: { study: string; onDone: () => void }) {
  const [name, setName] = useState("");
  const [asked, setAsked] = useState<Way | null>(null);
  const [done, setDone] = useState("");
  const { working, refused, run } = useAction();
  const leave = (way: Way) =>
    run(async () => {
      const { annotator } = await leavingApi[way](study, name.trim());
      setDone(text.done[way](annotator));
      setAsked(null);
      setName("");
      onDone();
    });
  return (
    <div class="leave-form">
      <h4>{text.nameTitle}</h4>
      <Failure refused={refused} />
      <label>
        {text.name} <input value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} />
      </label>
      <p class="buttons">
        {(["withdraw", "erase"] as const).map((way) => (
          <button
            key={way}
            type="button"
            disabled={working || name.trim() === ""}
            onClick={() => {
              setDone("");
              setAsked(way);
            }}
          >
            {text[way]}
          </button>
        ))}
      </p>
      {asked && (
        <div class="confirm" role="group" aria-label={text.asks[asked](name)}>
          <p>
            <strong>{text.asks[asked](name)}</strong>
          </p>
          <p>{text.means[asked]}</p>
          <p class="buttons">
            <button
              type="button"
              class="primary"
              disabled={working}
              onClick={() => leave(asked)}
              ref={focusOnce}
            >
              {working ? text.working : text[asked]}
            </button>
            <button type="button" disabled={working} onClick={() => setAsked(null)}>
              {text.notNow}
            </button>
          </p>
        </div>
      )}
      <p role="status">{done}</p>
    </div>
  );
}
