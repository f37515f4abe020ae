import { useState } from "preact/hooks";
import type { PlatformShown } from "../../../../server/contract/platforms.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { Choice, Field } from "../field.tsx";
import { ownerApi } from "../owner-api.ts";
import { useAction } from "../use-action.ts";
import { Admission } from "./admission.tsx";
import { PanelFields } from "./panel-fields.tsx";
import { fieldsFor, firstFields, KINDS, type PlatformFields, requestOf } from "./platform-fields.ts";
import { FinishFields } from "./finish-fields.tsx";

const text = words.platform;

interface FormParts {
  study: string;
  group: string;
  /** As it is set; undefined: it is not. */
  shown: PlatformShown | undefined;
  onSet: () => void;
}

/** Sets the platform of a group, or changes its settings. */
export function PlatformForm({ study, group, shown, onSet }: FormParts) {
  const [base, setBase] = useState(shown);
  const [fields, setFields] = useState(() => firstFields(shown));
  const { working, refused, run } = useAction();
  const change = (changed: Partial<PlatformFields>) => setFields((now) => ({ ...now, ...changed }));
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const made = await ownerApi.setPlatform(study, requestOf(fields, { group, shown: base }));
      setBase(made);
      setFields(firstFields(made));
      onSet();
    });
  };
  return (
    <form class="settings-form" onSubmit={submit}>
      <div class="fields">
        <Choice
          label={text.which}
          value={fields.platform}
          onText={(kind) => setFields(fieldsFor(kind as PlatformFields["platform"], base))}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {text.platforms[kind]}
            </option>
          ))}
        </Choice>
        <Field
          {...{ type: "number", inputMode: "numeric", min: 1, max: 10_080, step: 1 }}
          label={text.minutesField}
          means={text.minutesMeans}
          value={fields.minutes}
          onText={(minutes) => change({ minutes })}
        />
      </div>
      {fields.platform === "panel" && <PanelFields {...{ fields, change }} />}
      <Admission {...{ study, fields, change, isSigned: base?.isSigned === true }} />
      <FinishFields {...{ fields, change }} />
      <Failure refused={refused} />
      <p class="buttons">
        <button type="submit" class="primary" disabled={working}>
          {working ? words.moves.working : base === undefined ? text.set : text.save}
        </button>
      </p>
    </form>
  );
}
