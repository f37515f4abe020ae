import { useState } from "preact/hooks";
import type { Analysis, StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { analysisOf, type ConclusionFields, fieldsOf, LOOKS_PATTERN } from "./conclusion-fields.ts";
import { Failure } from "./failure.tsx";
import { Choice, Field } from "./field.tsx";
import { ownerApi } from "./owner-api.ts";
import { useAction } from "./use-action.ts";

const text = words.conclusion;

interface ConclusionParts {
  readonly study: StudyDetail;
  readonly changed: (study: StudyDetail) => void;
}

/** What is concluded, and how: in sentences, and in a draft as a form, too. */
export function ProtocolConclusion({
  study,
  changed,
}: Partial<ConclusionParts> & Pick<ConclusionParts, "study">) {
  return (
    <>
      <ul>
        {sentencesOf(study.protocol.analysis).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {changed && study.protocolHash === null && (
        <details class="more">
          <summary>{text.change}</summary>
          <ConclusionForm {...{ study, changed }} />
        </details>
      )}
    </>
  );
}

const sentencesOf = ({ test, margin, looks }: Analysis): string[] => [
  text.tests[test],
  margin === undefined ? text.noMargin : text.withMargin(margin),
  looks === undefined ? text.noLooks : text.withLooks(looks),
];

function ConclusionForm({ study, changed }: ConclusionParts) {
  const [fields, setFields] = useState(() => fieldsOf(study.protocol.analysis));
  const [said, setSaid] = useState("");
  const { working, refused, run } = useAction();
  const change = (some: Partial<ConclusionFields>) => {
    setSaid("");
    setFields((now) => ({ ...now, ...some }));
  };
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const analysis = analysisOf(fields, study.protocol.analysis);
      changed(await ownerApi.setProtocol(study.name, { analysis }));
      setSaid(text.saved);
    });
  };
  return (
    <form class="settings-form" onSubmit={submit}>
      <div class="fields">
        <Choice
          label={text.about}
          value={fields.test}
          onText={(test) => change({ test: test as ConclusionFields["test"] })}
        >
          {(["tTest", "permutationTest", "signTest"] as const).map((test) => (
            <option key={test} value={test}>
              {text.abouts[test]}
            </option>
          ))}
        </Choice>
        <Field
          {...{ type: "number", inputMode: "decimal", min: 0, max: 0.5, step: "any" }}
          label={text.margin}
          means={text.marginMeans}
          value={fields.margin}
          onText={(margin) => change({ margin })}
        />
        <Field
          {...{ inputMode: "decimal", pattern: LOOKS_PATTERN, title: text.looksForm, placeholder: "50" }}
          label={text.looks}
          means={text.looksMeans}
          value={fields.looks}
          onText={(looks) => change({ looks })}
        />
        {fields.looks.trim() !== "" && (
          <Choice
            label={text.spending}
            value={fields.spending}
            onText={(spending) => change({ spending: spending as ConclusionFields["spending"] })}
          >
            {(["obrienFleming", "pocock"] as const).map((spending) => (
              <option key={spending} value={spending}>
                {text.spendings[spending]}
              </option>
            ))}
          </Choice>
        )}
      </div>
      <Failure refused={refused} />
      <p class="buttons">
        <button type="submit" disabled={working}>
          {working ? words.moves.working : text.save}
        </button>
      </p>
      <p role="status">{said}</p>
    </form>
  );
}
