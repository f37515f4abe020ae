import { useState } from "preact/hooks";
import type { AmendmentPlan } from "../../../../server/contract/amendment-plan.ts";
import type { Amendment } from "../../../../server/contract/amendments.ts";
import type { StudyDetail } from "../../../../server/contract/studies.ts";
import { words } from "../../../words/dashboard.ts";
import { ActionForm } from "../action-form.tsx";
import { Failure } from "../failure.tsx";
import { Field } from "../field.tsx";
import { ownerApi } from "../owner-api.ts";
import { Section } from "../section.tsx";
import { useLoaded } from "../use-loaded.ts";
import "./amend.css";
import { AmendmentFields } from "./amendment-fields.tsx";

const text = words.amend;
const REVISIONS_EVERY_MS = 60_000;

interface AmendSectionProps {
  readonly study: StudyDetail;
  /** Called with the study as it is afterwards; undefined: this person may not amend it. */
  readonly changed?: (study: StudyDetail) => void;
}

/** The revisions of a study that was opened, and the way to another one. */
export function AmendSection({ study, changed }: AmendSectionProps) {
  const {
    value: revisions,
    refused,
    again,
  } = useLoaded(() => ownerApi.revisions(study.name), REVISIONS_EVERY_MS);
  const [drafted, setDrafted] = useState<{ amendment: Amendment; plan: AmendmentPlan } | null>(null);
  const [forms, setForms] = useState(0);
  const finish = async () => {
    setDrafted(null);
    setForms((count) => count + 1); // the fields begin anew
    again();
    changed?.(await ownerApi.study(study.name));
  };
  return (
    <Section name="amend">
      <p>{text.means}</p>
      <Failure refused={refused} />
      {revisions && (
        <ol class="revisions" aria-label={text.revisions}>
          {revisions.map((revision) => (
            <li key={revision.revision}>{text.revision(revision)}</li>
          ))}
        </ol>
      )}
      {changed && (
        <details class="more">
          <summary>{text.title}</summary>
          {study.state === "closed" && <p class="note">{text.closed}</p>}
          <AmendmentFields
            key={forms}
            study={study}
            edited={() => setDrafted(null)}
            send={async (amendment) =>
              setDrafted({ amendment, plan: await ownerApi.planAmendment(study.name, amendment) })
            }
          />
          {drafted && <Confirm study={study.name} {...drafted} done={finish} />}
        </details>
      )}
    </Section>
  );
}

interface ConfirmProps {
  readonly study: string;
  readonly amendment: Amendment;
  readonly plan: AmendmentPlan;
  readonly done: () => Promise<void>;
}

/** What follows from an amendment, and the reason and the name that it needs. */
function Confirm({ study, amendment, plan, done }: ConfirmProps) {
  const [reason, setReason] = useState("");
  const [confirm, setConfirm] = useState("");
  return (
    <div role="group" aria-labelledby="amendment-plan">
      <h3 id="amendment-plan">{text.planned(plan.revision)}</h3>
      <ul>
        {[...plan.changes.map(text.change), ...text.follows(plan, study)].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <ActionForm
        label={text.act}
        isPrimary
        isReady={reason.trim() !== "" && confirm === study}
        action={async () => {
          await ownerApi.amend(study, { ...amendment, revision: plan.revision }, { reason, confirm });
          await done();
        }}
      >
        <div class="fields">
          <Field label={text.reason} value={reason} onText={setReason} maxLength={2000} required />
          <Field
            label={text.confirm(study)}
            value={confirm}
            onText={setConfirm}
            autocomplete="off"
            required
          />
        </div>
      </ActionForm>
    </div>
  );
}
