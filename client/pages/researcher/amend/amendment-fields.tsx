import { useId, useState } from "preact/hooks";
import type { Amendment } from "../../../../server/contract/amendments.ts";
import type { StudyDetail } from "../../../../server/contract/studies.ts";
import { words } from "../../../words/dashboard.ts";
import { ActionForm } from "../action-form.tsx";
import { Choice, Field } from "../field.tsx";
import { type AmendmentDraft, amendmentOf, draftOf, type Kind, kindsFor, otherSystems } from "./draft.ts";

const text = words.amend;

interface AmendmentFieldsProps {
  readonly study: StudyDetail;
  /** Called when anything is changed: a plan that is shown no longer fits. */
  readonly edited: () => void;
  readonly send: (amendment: Amendment) => Promise<void>;
}

/** What an amendment changes: one kind of change, and its fields. */
export function AmendmentFields({ study, edited, send }: AmendmentFieldsProps) {
  const kinds = kindsFor(study);
  const [kind, setKind] = useState<Kind>(kinds[0]!);
  const [draft, setDraft] = useState<AmendmentDraft>(() => draftOf(study));
  const set = (change: Partial<AmendmentDraft>) => {
    setDraft({ ...draft, ...change });
    edited();
  };
  const amendment = amendmentOf(kind, draft, study);
  return (
    <ActionForm
      label={text.show}
      isReady={amendment !== null}
      action={async () => {
        if (amendment) await send(amendment);
      }}
    >
      <div class="fields">
        <Choice
          label={text.what}
          value={kind}
          onText={(value) => {
            setKind(value as Kind);
            edited();
          }}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {text.kinds[one]}
            </option>
          ))}
        </Choice>
        <FieldsOf {...{ kind, draft, set, study }} />
      </div>
    </ActionForm>
  );
}

interface FieldsOfProps {
  readonly kind: Kind;
  readonly draft: AmendmentDraft;
  readonly set: (change: Partial<AmendmentDraft>) => void;
  readonly study: StudyDetail;
}

function FieldsOf({ kind, draft, set, study }: FieldsOfProps) {
  const judgments = (
    <Field
      label={text.judgments}
      type="number"
      min={1}
      max={1000}
      value={draft.judgments}
      onText={(value) => set({ judgments: value })}
    />
  );
  if (kind === "judgments")
    return (
      <>
        <Names
          label={text.group}
          names={study.protocol.groups.map(({ name }) => name)}
          value={draft.group}
          onText={(group) => set({ group })}
        />
        {judgments}
      </>
    );
  if (kind === "group")
    return (
      <>
        <Field
          label={text.newGroup}
          value={draft.newGroup}
          onText={(newGroup) => set({ newGroup })}
          maxLength={100}
        />
        {judgments}
      </>
    );
  if (kind === "shared")
    return (
      <Field
        label={text.shared}
        type="number"
        min={0}
        max={100_000}
        value={draft.shared}
        onText={(shared) => set({ shared })}
      />
    );
  if (kind === "baseline") {
    const others = otherSystems(study);
    if (others.length === 0) return <p>{text.noBaseline}</p>;
    return (
      <Names
        label={text.baseline}
        names={others}
        value={draft.baseline}
        onText={(baseline) => set({ baseline })}
      />
    );
  }
  if (kind === "wording")
    return <Area label={text.question} value={draft.question} onText={(question) => set({ question })} />;
  if (kind === "reopen") return null;
  return <ResponseFields {...{ draft, set, study }} />;
}

function ResponseFields({ draft, set, study }: Omit<FieldsOfProps, "kind">) {
  return (
    <>
      <Names
        label={text.system}
        names={study.systemList.map(({ name }) => name)}
        value={draft.system}
        onText={(system) => set({ system })}
      />
      <Field
        label={text.prompt}
        value={draft.prompt}
        onText={(prompt) => set({ prompt })}
        spellcheck={false}
      />
      <Area label={text.output} value={draft.output} onText={(output) => set({ output })} />
    </>
  );
}

interface NamesProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly value: string;
  readonly onText: (value: string) => void;
}

const Names = ({ label, names, value, onText }: NamesProps) => (
  <Choice {...{ label, value, onText }}>
    {names.map((name) => (
      <option key={name} value={name} dir="auto">
        {name}
      </option>
    ))}
  </Choice>
);

function Area({ label, value, onText }: Omit<NamesProps, "names">) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={4}
        dir="auto"
        value={value}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    </div>
  );
}
