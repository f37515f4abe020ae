import { words } from "../../../words/dashboard.ts";
import { Field } from "../field.tsx";
import { type FieldsParts, type ParameterFields, PARAMETERS } from "./platform-fields.ts";

const text = words.platform;
const TYPED = { spellcheck: false, autocomplete: "off" } as const;

/** What describes a panel without an adapter of its own: its name, and the parameters of its address. */
export const PanelFields = ({ fields, change }: FieldsParts) => (
  <>
    <div class="fields">
      <Field
        {...{ required: true, maxLength: 200, label: text.panelName, means: text.panelMeans }}
        value={fields.panel}
        onText={(panel) => change({ panel })}
      />
    </div>
    {PARAMETERS.map((which) => (
      <ParameterRow
        key={which}
        which={which}
        value={fields.parameters[which]}
        onChange={(value) => change({ parameters: { ...fields.parameters, [which]: value } })}
      />
    ))}
  </>
);

interface RowParts {
  which: (typeof PARAMETERS)[number];
  value: ParameterFields;
  onChange: (value: ParameterFields) => void;
}

const ParameterRow = ({ which, value, onChange }: RowParts) => (
  <fieldset>
    <legend>{text.parameters[which]}</legend>
    <div class="fields">
      <Field
        {...{ ...TYPED, label: text.parameter, pattern: "[A-Za-z][A-Za-z0-9_.\\-]{0,63}" }}
        required={which === "participant"}
        title={text.parameterMeans}
        value={value.name}
        onText={(name) => onChange({ ...value, name })}
      />
      <Field
        {...{ ...TYPED, label: text.placeholder, means: text.placeholderMeans, maxLength: 200 }}
        value={value.placeholder}
        onText={(placeholder) => onChange({ ...value, placeholder })}
      />
    </div>
    <label class="check">
      <input
        type="checkbox"
        checked={value.optional}
        onChange={({ currentTarget }) => onChange({ ...value, optional: currentTarget.checked })}
      />{" "}
      {text.optional}
    </label>
  </fieldset>
);
