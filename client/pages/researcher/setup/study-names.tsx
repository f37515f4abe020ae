import { useState } from "preact/hooks";
import type { StudyDetail } from "../../../../server/contract/studies.ts";
import { words } from "../../../words/dashboard.ts";
import { goToList, goToStudy, showStudyAs } from "../address.ts";
import { Failure } from "../failure.tsx";
import { Field } from "../field.tsx";
import { ownerApi } from "../owner-api.ts";
import { useAction } from "../use-action.ts";

const text = words.setup.names;
type Form = "names" | "copy" | "remove";

/** What can be done with a study as a whole: rename it, start another from it, delete it while it is a draft. */
export function StudyNames({
  study,
  changed,
}: {
  study: StudyDetail;
  changed: (study: StudyDetail) => void;
}) {
  const [shown, setShown] = useState<Form | null>(null);
  const close = () => setShown(null);
  const forms: [Form, string][] = [
    ["names", text.edit],
    ["copy", text.copy],
    ...(study.state === "draft" ? ([["remove", text.remove]] as [Form, string][]) : []),
  ];
  return (
    <div class="study-names">
      {shown === null && (
        <p class="buttons">
          {forms.map(([form, label]) => (
            <button key={form} type="button" class="plain" onClick={() => setShown(form)}>
              {label}
            </button>
          ))}
        </p>
      )}
      {shown === "names" && <NamesForm study={study} changed={changed} close={close} />}
      {shown === "copy" && <CopyForm study={study} close={close} />}
      {shown === "remove" && <RemoveForm study={study} close={close} />}
    </div>
  );
}

interface FormProps {
  study: StudyDetail;
  close: () => void;
}

function NamesForm({ study, changed, close }: FormProps & { changed: (study: StudyDetail) => void }) {
  const [name, setName] = useState(study.name);
  const [title, setTitle] = useState(study.publicTitle);
  const save = async () => {
    const next = await ownerApi.change(study.name, { name: name.trim(), publicTitle: title.trim() });
    changed(next);
    close();
    if (next.name !== study.name) showStudyAs(next.name);
  };
  return (
    <Asking action={save} label={text.save} close={close}>
      <Field
        label={text.name}
        means={text.nameMeans}
        value={name}
        onText={setName}
        required
        maxLength={100}
      />
      <Field
        label={text.title}
        means={text.titleMeans}
        value={title}
        onText={setTitle}
        required
        maxLength={200}
      />
    </Asking>
  );
}

function CopyForm({ study, close }: FormProps) {
  const [name, setName] = useState(text.copyName(study.name));
  const copy = async () => {
    const made = await ownerApi.copy(study.name, name.trim());
    goToStudy(made.name);
  };
  return (
    <Asking action={copy} label={text.copy} close={close}>
      <Field
        label={text.name}
        means={text.copyMeans}
        value={name}
        onText={setName}
        required
        maxLength={100}
      />
    </Asking>
  );
}

function RemoveForm({ study, close }: FormProps) {
  const [typed, setTyped] = useState("");
  const remove = async () => {
    await ownerApi.remove(study.name, typed);
    goToList();
  };
  return (
    <Asking action={remove} label={text.removeNow} close={close} isReady={typed === study.name}>
      <p>{text.removeMeans}</p>
      <Field label={text.type(study.name)} value={typed} onText={setTyped} autocomplete="off" />
    </Asking>
  );
}

/** A form in place of the buttons, until it has done its one thing or is cancelled. */
function Asking(given: {
  action: () => Promise<void>;
  label: string;
  isReady?: boolean;
  close: () => void;
  children: preact.ComponentChildren;
}) {
  const { action, label, isReady = true, close, children } = given;
  const { working, refused, run } = useAction();
  return (
    <form
      class="confirm"
      onSubmit={(event) => {
        event.preventDefault();
        run(action);
      }}
    >
      {children}
      <Failure refused={refused} />
      <p class="buttons">
        <button type="submit" class="primary" disabled={working || !isReady}>
          {label}
        </button>
        <button type="button" disabled={working} onClick={close}>
          {text.cancel}
        </button>
      </p>
    </form>
  );
}
