import { useState } from "preact/hooks";
import type { AuditFinding, AuditState } from "../../../server/contract/blinding.ts";
import type { AuditChoice } from "../../../server/contract/findings.ts";
import type { StudyDetail } from "../../../server/contract/studies.ts";
import { choicesOf } from "../../../server/report-document/blinding-words.ts";
import { words } from "../../words/dashboard.ts";
import { blindingApi } from "./blinding-api.ts";
import { Failure } from "./failure.tsx";
import { Choice, Field } from "./field.tsx";
import { useAction } from "./use-action.ts";

const text = words.blinding;

interface FindingProps {
  study: StudyDetail;
  finding: AuditFinding;
  canDecide: boolean;
  changed: (state: AuditState) => void;
}

/** One finding with its examples, what was decided, and a form to decide. */
export function FindingEntry({ study, finding: one, canDecide, changed }: FindingProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { finding, kind, label, responses, of, examples } = one;
  return (
    <li>
      <p>
        <strong>{text.sign(kind)}</strong>: {text.extent(responses, of, label)}.{" "}
        <span class="aside">
          <bdi>{text.decided(one)}</bdi>
        </span>
      </p>
      <p class="quiet">
        <bdi>{text.what(one)}</bdi>
      </p>
      <details>
        <summary>{text.examples}</summary>
        <ul>
          {examples.map(({ prompt, text: piece }) => (
            <li key={prompt}>
              <bdi>{prompt}</bdi>: <bdi>{piece}</bdi>
            </li>
          ))}
        </ul>
      </details>
      {isOpen && (
        <DecideForm
          study={study}
          finding={one}
          decided={(state) => {
            setIsOpen(false);
            changed(state);
          }}
          onCancel={() => setIsOpen(false)}
        />
      )}
      {canDecide && !isOpen && (
        <p class="buttons">
          <button type="button" aria-label={text.decideOn(finding)} onClick={() => setIsOpen(true)}>
            {text.decide}
          </button>
        </p>
      )}
    </li>
  );
}

interface DecideProps {
  study: StudyDetail;
  finding: AuditFinding;
  decided: (state: AuditState) => void;
  onCancel: () => void;
}

function DecideForm({ study, finding, decided, onCancel }: DecideProps) {
  const choices = choicesOf(finding, study.state);
  const [choice, setChoice] = useState<AuditChoice>(finding.decision?.choice ?? choices[0]!);
  const [reason, setReason] = useState("");
  const { working, refused, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () =>
      decided(await blindingApi.decide(study.name, { finding: finding.finding, choice, reason })),
    );
  };
  return (
    <form onSubmit={submit}>
      <Failure refused={refused} />
      <Choice label={text.choice} value={choice} onText={(value) => setChoice(value as AuditChoice)}>
        {choices.map((one) => (
          <option key={one} value={one}>
            {text.choices[one]}
          </option>
        ))}
      </Choice>
      <p class="quiet">{text.choiceMeans[choice]}</p>
      <Field
        label={text.reason}
        value={reason}
        onText={setReason}
        required
        maxLength={2000}
        autocomplete="off"
      />
      <p class="buttons">
        <button type="submit" class="primary" disabled={working || reason.trim() === ""}>
          {text.save}
        </button>
        <button type="button" disabled={working} onClick={onCancel}>
          {text.notNow}
        </button>
      </p>
    </form>
  );
}
