import { useEffect, useState } from "preact/hooks";
import type { StudyDetail, Wording } from "../../../../server/contract/studies.ts";
import { words } from "../../../words/dashboard.ts";
import { ownerApi } from "../owner-api.ts";
import { SavedInput } from "./saved-input.tsx";
import { SavedMark } from "./saved-mark.tsx";
import { useEdit } from "./use-edit.ts";

const text = words.setup.wording;
const CHOICES = ["left", "tie", "both_bad", "right"] as const;

/** What annotators are asked, in every language of a draft: each field saves itself. */
export function WordingForm({
  study,
  changed,
}: {
  study: StudyDetail;
  changed: (study: StudyDetail) => void;
}) {
  const saving = useEdit(study, changed);
  const set = (code: string, some: Partial<Wording>) =>
    saving.edit(({ name, protocol: { wording } }) =>
      ownerApi.setProtocol(name, { wording: { ...wording, [code]: { ...wording[code]!, ...some } } }),
    );
  return (
    <details class="wording">
      <summary>{text.title}</summary>
      {Object.entries(study.protocol.wording).map(([code, wording]) => (
        <WordingFields key={code} code={code} wording={wording} set={(some) => set(code, some)} />
      ))}
      <SavedMark of={saving} />
    </details>
  );
}

function WordingFields({
  code,
  wording,
  set,
}: {
  code: string;
  wording: Wording;
  set: (some: Partial<Wording>) => void;
}) {
  return (
    <fieldset lang={code}>
      <legend>{words.protocol.language(code)}</legend>
      <TextArea
        label={words.protocol.question}
        rows={2}
        max={5000}
        value={wording.question}
        save={(question) => question !== "" && set({ question })}
      />
      {CHOICES.map((choice) => {
        const label = wording[choice];
        if (label === undefined) return null;
        return (
          <label key={choice} class="field">
            {text.choices[choice]}
            <SavedInput
              type="text"
              required
              maxLength={200}
              value={label}
              save={(said) => set({ [choice]: said })}
            />
          </label>
        );
      })}
      <TextArea
        label={text.guidelines}
        rows={8}
        max={50_000}
        value={wording.guidelines ?? ""}
        save={(said) => set({ guidelines: said === "" ? null : said })}
      />
    </fieldset>
  );
}

/** The same as SavedInput, for a long text. */
function TextArea({
  label,
  rows,
  max,
  value,
  save,
}: {
  label: string;
  rows: number;
  max: number;
  value: string;
  save: (value: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => setTyped(null), [value]);
  return (
    <label class="field">
      {label}
      <textarea
        rows={rows}
        maxLength={max}
        dir="auto"
        value={typed ?? value}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={(event) => {
          const next = event.currentTarget.value.trim();
          if (next !== value) save(next);
        }}
      />
    </label>
  );
}
