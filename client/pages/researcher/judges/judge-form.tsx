import { useId, useRef, useState } from "preact/hooks";
import type { JudgeEstimate } from "../../../../server/contract/judges.ts";
import type { StudyDetail } from "../../../../server/contract/studies.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { useAction } from "../use-action.ts";
import { Field } from "../field.tsx";
import { firstFields, type JudgeFields, requestOf, type Server } from "./judge-fields.ts";
import { judgesApi } from "./judges-api.ts";
import { MoreSettings } from "./more-settings.tsx";
import { ServerFields } from "./server-fields.tsx";

const text = words.judges;
const ORDERS = ["one", "both"] as const;

interface FormParts {
  study: StudyDetail;
  servers: readonly Server[];
  started: () => void;
}

/** Asks for a run: what it would come to, and then the run itself. */
export function JudgeForm({ study, servers, started }: FormParts) {
  const groups = modelGroups(study);
  const [fields, setFields] = useState(() => firstFields(groups[0] ?? text.groupFirst));
  const [said, setSaid] = useState<JudgeEstimate | "started" | null>(null);
  const { working, refused, run } = useAction();
  const form = useRef<HTMLFormElement>(null);
  const change = (changed: Partial<JudgeFields>) => {
    setFields((now) => ({ ...now, ...changed }));
    setSaid(null);
  };
  const estimate = () => {
    if (!form.current?.reportValidity()) return;
    run(async () => setSaid(await judgesApi.estimate(study.name, requestOf(fields, servers))));
  };
  const start = (event: Event) => {
    event.preventDefault();
    setSaid(null);
    run(async () => {
      await judgesApi.start(study.name, requestOf(fields, servers));
      setSaid("started");
      started();
    });
  };
  const { wording } = study.protocol;
  return (
    <form class="judge-form settings-form" ref={form} onSubmit={start}>
      {servers.length === 0 && <p class="quiet">{text.operator}</p>}
      <ServerFields {...{ fields, servers, change }} />
      <ModelFields {...{ fields, groups, change }} />
      <Orders fields={fields} change={change} />
      <MoreSettings {...{ fields, change, languages: Object.keys(wording) }} />
      <p class="buttons">
        <button type="submit" class="primary" disabled={working}>
          {working ? words.moves.working : text.start}
        </button>
        <button type="button" disabled={working} onClick={estimate}>
          {text.estimate}
        </button>
      </p>
      <Failure refused={refused} />
      <div role="status">
        {said === "started" && <p>{text.started}</p>}
        {said !== null && said !== "started" && <Estimated estimate={said} />}
      </div>
    </form>
  );
}

interface FieldsParts {
  fields: JudgeFields;
  change: (changed: Partial<JudgeFields>) => void;
}

function ModelFields({ fields, groups, change }: FieldsParts & { groups: string[] }) {
  const list = useId();
  return (
    <div class="fields">
      <Field
        {...{ required: true, maxLength: 200, spellcheck: false, autocomplete: "off" }}
        label={text.model}
        means={text.modelMeans}
        value={fields.model}
        onText={(model) => change({ model })}
      />
      <Field
        {...{ required: true, maxLength: 100, list, autocomplete: "off" }}
        label={text.group}
        means={text.groupMeans}
        value={fields.group}
        onText={(group) => change({ group })}
      />
      <datalist id={list}>
        {groups.map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
    </div>
  );
}

function Orders({ fields, change }: FieldsParts) {
  return (
    <fieldset>
      <legend>{text.orders}</legend>
      {ORDERS.map((orders) => (
        <label key={orders} class="check">
          <input
            type="radio"
            name="judge-orders"
            checked={fields.orders === orders}
            onChange={() => change({ orders })}
          />{" "}
          {text.order[orders]}
        </label>
      ))}
    </fieldset>
  );
}

function Estimated({ estimate }: { estimate: JudgeEstimate }) {
  const { calls, promptTokens, completionTokens, dollars } = estimate;
  return (
    <p class="estimate">
      {text.estimated(calls, promptTokens, completionTokens)} <strong>{text.costs(dollars)}</strong>{" "}
      <span class="quiet">{text.nothingSent}</span>
    </p>
  );
}

const modelGroups = ({ groups }: StudyDetail): string[] =>
  groups.filter(({ kind }) => kind === "model").map(({ name }) => name);
