import { words } from "../../../words/dashboard.ts";
import { Field } from "../field.tsx";
import { type FieldsParts, FINISHES } from "./platform-fields.ts";

const text = words.platform;
const TYPED = { spellcheck: false, autocomplete: "off" } as const;

/** The owner's own codes and addresses, by how a part ends. */
export const FinishFields = ({ fields, change }: FieldsParts) => (
  <details class="more">
    <summary>{text.own}</summary>
    <p class="quiet">{text.ownMeans}</p>
    {FINISHES.map((finish) => (
      <fieldset key={finish}>
        <legend>{text.kinds[finish]}</legend>
        <div class="fields">
          <Field
            {...{ ...TYPED, label: text.code, pattern: "[A-Za-z0-9_.\\-]{1,64}", title: text.codeMeans }}
            value={fields.codes[finish]}
            onText={(code) => change({ codes: { ...fields.codes, [finish]: code } })}
          />
          <Field
            {...{ ...TYPED, label: text.ownAddress, maxLength: 2000, placeholder: "https://" }}
            value={fields.addresses[finish]}
            onText={(address) => change({ addresses: { ...fields.addresses, [finish]: address } })}
          />
        </div>
      </fieldset>
    ))}
  </details>
);
