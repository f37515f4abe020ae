import { words } from "../../../words/dashboard.ts";
import { Choice, Field } from "../field.tsx";
import type { JudgeFields, Server } from "./judge-fields.ts";

const text = words.judges;
const ADAPTERS = ["openai", "responses", "anthropic"] as const;

interface ServerParts {
  fields: JudgeFields;
  servers: readonly Server[];
  change: (changed: Partial<JudgeFields>) => void;
}

/** Which server: one of the operator's, or a public one by its address. */
export function ServerFields({ fields, servers, change }: ServerParts) {
  const isTyped = servers.length === 0 || fields.server === "";
  return (
    <div class="fields servers">
      {servers.length > 0 && (
        <Choice label={text.server} value={fields.server} onText={(server) => change({ server })}>
          {servers.map(({ url, hasKey }, index) => (
            <option key={index} value={String(index)}>
              {hasKey ? text.withKey(url) : url}
            </option>
          ))}
          <option value="">{text.otherServer}</option>
        </Choice>
      )}
      {isTyped && (
        <>
          <Field
            {...{ type: "url", required: true, maxLength: 2000, placeholder: "https://" }}
            label={text.address}
            means={text.addressMeans}
            value={fields.address}
            onText={(address) => change({ address })}
          />
          <Choice label={text.adapter} value={fields.adapter} onText={(adapter) => change({ adapter })}>
            {ADAPTERS.map((adapter) => (
              <option key={adapter} value={adapter}>
                {text.adapters[adapter]}
              </option>
            ))}
          </Choice>
        </>
      )}
    </div>
  );
}
