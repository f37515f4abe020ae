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
  const { working, refused, run } = useAction();
  const save = () =>
    run(async () => {
      const next = await ownerApi.change(study.name, { name: name.trim(), publicTitle: title.trim() });
      changed(next);
      close();
      if (next.name !== study.name) showStudyAs(next.name);
    });
  return (
    <Asking submit={save} label={text.save} working={working} close={close}>
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
      <Failure refused={refused} />
    </Asking>
  );
}

function CopyForm({ study, close }: FormProps) {
  const [name, setName] = useState(text.copyName(study.name));
  const { working, refused, run } = useAction();
  const copy = () =>
    run(async () => {
      const made = await ownerApi.copy(study.name, name.trim());
      goToStudy(made.name);
    });
  return (
    <Asking submit={copy} label={text.copy} working={working} close={close}>
      <Field
        label={text.name}
        means={text.copyMeans}
        value={name}
        onText={setName}
        required
        maxLength={100}
      />
      <Failure refused={refused} />
    </Asking>
  );
}

function RemoveForm({ study, close }: FormProps) {
  const [typed, setTyped] = useState("");
  const { working, refused, run } = useAction();
  const remove = () =>
    run(async () => {
      await ownerApi.remove(study.name, typed);
      goToList();
    });
  return (
    <Asking
      submit={remove}
      label={text.removeNow}
      working={working}
      close={close}
      isReady={typed === study.name}
    >
      <p>{text.removeMeans}</p>
      <Field label={text.type(study.name)} value={typed} onText={setTyped} autocomplete="off" />
      <Failure refused={refused} />
    </Asking>
  );
}

function Asking(given: {
  submit: () => void;
  label: string;
  working: boolean;
  isReady?: boolean;
  close: () => void;
  children: preact.ComponentChildren;
}) {
  const { submit, label, working, isReady = true, close, children } = given;
  return (
    <form
      class="confirm"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {children}
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
