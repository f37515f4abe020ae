import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface FieldParts {
  label: string;
  /** Said below the field. */
  means?: string;
  value: string;
  onText: (text: string) => void;
  type?: "text" | "number" | "url" | "email" | "password";
  inputMode?: "numeric" | "decimal";
  required?: boolean;
  min?: number;
  max?: number;
  step?: number | "any";
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  /** What a value that does not fit the pattern has to be. */
  title?: string;
  placeholder?: string;
  /** The id of a datalist. */
  list?: string;
  autocomplete?: "off" | "name" | "username" | "current-password" | "new-password";
  spellcheck?: boolean;
}

/** One field with its label above it, and what there is to know about it below. */
export function Field({ label, means, value, onText, type = "text", ...rest }: FieldParts) {
  const id = useId();
  const kind = type as "text"; // the library types each kind of input on its own
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...rest}
        type={kind}
        id={id}
        value={value}
        aria-describedby={means === undefined ? undefined : `${id}-means`}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      {means !== undefined && (
        <p id={`${id}-means`} class="quiet">
          {means}
        </p>
      )}
    </div>
  );
}

interface ChoiceParts {
  label: string;
  value: string;
  onText: (text: string) => void;
  children: ComponentChildren;
}

/** The same for one of several. */
export function Choice({ label, value, onText, children }: ChoiceParts) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onText(event.currentTarget.value)}>
        {children}
      </select>
    </div>
  );
}
