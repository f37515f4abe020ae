import { useState } from "preact/hooks";
import type { JudgedComparison, WrittenOn } from "../../../../server/contract/judged.ts";
import { words } from "../../../words/results-judged.ts";
import { dayAndTime } from "../moment.ts";
import { AdjudicatedAnswer } from "./adjudicated-answer.tsx";
import { type Change, writeOn } from "./write-on.ts";

interface Props {
  study: string;
  comparison: JudgedComparison;
}

/** What members write about a comparison: notes, and the adjudicated answer. Folded until somebody writes. */
export function WrittenOnIt({ study, comparison }: Props) {
  const [written, setWritten] = useState<WrittenOn>(comparison);
  const [isFailed, setFailed] = useState(false);
  const { adjudicated, notes = [] } = written;
  const send = async (change: Change): Promise<boolean> => {
    const next = await writeOn(study, change);
    setFailed(next === null);
    if (next !== null) setWritten(next);
    return next !== null;
  };
  const count = words.writtenCount(notes.length, adjudicated !== null);
  return (
    <>
      <AdjudicatedAnswer adjudicated={adjudicated} />
      <details class="written-on">
        <summary>
          {words.written} {count !== "" && <span class="quiet">({count})</span>}
        </summary>
        {notes.length > 0 && (
          <ul class="own-notes" aria-label={words.notes}>
            {notes.map((note) => (
              <li key={note.id}>
                <OneNote note={note} send={send} />
              </li>
            ))}
          </ul>
        )}
        <NoteForm
          label={words.newNote}
          save={words.addNote}
          send={(text) => send({ kind: "note", comparison: comparison.id, text })}
        />
        {comparison.mayAdjudicate === true && (
          <Adjudicate comparison={comparison} isReplaced={adjudicated !== null} send={send} />
        )}
        <p role="status" class="failed">
          {isFailed && words.notWritten}
        </p>
      </details>
    </>
  );
}

type Send = (change: Change) => Promise<boolean>;

function OneNote({ note, send }: { note: NonNullable<WrittenOn["notes"]>[number]; send: Send }) {
  const [editing, setEditing] = useState(false);
  const { id, by, at, editedAt, text, mayChange } = note;
  const save = async (next: string) => {
    const isSaved = await send({ kind: "edit", note: id, text: next });
    if (isSaved) setEditing(false);
    return isSaved;
  };
  if (editing)
    return (
      <NoteForm
        label={words.editNote}
        save={words.saveNote}
        start={text}
        send={save}
        cancel={() => setEditing(false)}
      />
    );
  return (
    <>
      <p dir="auto" class="own-words">
        {text}
      </p>
      <p class="quiet">
        {words.noteBy(by, dayAndTime(editedAt ?? at), editedAt !== null)}
        {mayChange && (
          <>
            {" "}
            <button
              type="button"
              class="plain"
              aria-label={words.noteOf(words.edit, by)}
              onClick={() => setEditing(true)}
            >
              {words.edit}
            </button>
            <button
              type="button"
              class="plain"
              aria-label={words.noteOf(words.delete, by)}
              onClick={() => void send({ kind: "delete", note: id })}
            >
              {words.delete}
            </button>
          </>
        )}
      </p>
    </>
  );
}

interface NoteFormProps {
  label: string;
  save: string;
  start?: string;
  send: (text: string) => Promise<boolean>;
  cancel?: () => void;
}

function NoteForm({ label, save, start = "", send, cancel }: NoteFormProps) {
  const [text, setText] = useState(start);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (text.trim() !== "" && (await send(text))) setText("");
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <label>
        <span>{label}</span>
        <textarea
          dir="auto"
          rows={2}
          maxLength={5000}
          required
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <p class="buttons">
        <button type="submit">{save}</button>
        {cancel !== undefined && (
          <button type="button" class="plain" onClick={cancel}>
            {words.cancel}
          </button>
        )}
      </p>
    </form>
  );
}

function Adjudicate({
  comparison: { id, system, against },
  isReplaced,
  send,
}: Pick<Props, "comparison"> & { isReplaced: boolean; send: Send }) {
  const [better, setBetter] = useState<string | null | undefined>();
  const [reason, setReason] = useState("");
  const submit = async (event: Event) => {
    event.preventDefault();
    if (better === undefined || reason.trim() === "") return;
    if (!(await send({ kind: "adjudicate", comparison: id, better, reason }))) return;
    setBetter(undefined);
    setReason("");
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <fieldset>
        <legend>{words.adjudicate}</legend>
        {[system, against, null].map((one) => (
          <label key={one}>
            <input
              type="radio"
              name={`better ${String(id)}`}
              required
              checked={better === one}
              onChange={() => setBetter(one)}
            />
            <bdi>{one ?? words.neitherIsBetter}</bdi>
          </label>
        ))}
      </fieldset>
      <label>
        <span>{words.reason}</span>
        <textarea
          dir="auto"
          rows={2}
          maxLength={5000}
          required
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
      <p class="quiet">{words.standsApart}</p>
      <p class="buttons">
        <button type="submit">{isReplaced ? words.replace : words.record}</button>
        {isReplaced && (
          <button type="button" class="plain" onClick={() => void send({ kind: "withdraw", comparison: id })}>
            {words.withdraw}
          </button>
        )}
      </p>
    </form>
  );
}
