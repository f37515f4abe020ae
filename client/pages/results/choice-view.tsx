import type { ComponentChildren } from "preact";
import { withoutIsolates } from "../../../server/charts/isolate.ts";
import type { Part } from "../../../server/report-document/document.ts";
import { useChoice } from "./use-choice.ts";

interface Props {
  choice: Extract<Part, { kind: "choice" }>;
  show: (parts: readonly Part[]) => ComponentChildren;
}

/** One of several at a time, as the reader chooses; the address keeps which. */
export function ChoiceView({ choice: { name, label, options }, show }: Props) {
  const names = options.map((option) => withoutIsolates(option.name));
  const [chosen, choose] = useChoice(name, names);
  const shown = options[names.indexOf(chosen ?? "")];
  const id = `choice-${name}`;
  return (
    <>
      {options.length > 1 && (
        <p class="choices">
          <span class="choice">
            <label for={id}>{label}</label>{" "}
            <select id={id} value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
              {options.map((option, i) => (
                <option key={option.name} value={names[i]}>
                  {option.name}
                </option>
              ))}
            </select>
          </span>
        </p>
      )}
      {/* what is shown of one option is not that of another */}
      <div key={chosen}>{shown && show(shown.parts)}</div>
    </>
  );
}
