import { useEffect, useState } from "preact/hooks";

interface SavedInputProps {
  type: "text" | "number";
  value: string;
  /** Called with what was typed when the field is left, if it is another value that the field takes. */
  save: (value: string) => void;
  id?: string | undefined;
  class?: string;
  required?: boolean;
  maxLength?: number;
  min?: number;
  max?: number;
  step?: number;
  inputMode?: "numeric";
  placeholder?: string | undefined;
  "aria-label"?: string | undefined;
  "aria-describedby"?: string | undefined;
}

/** A field that saves itself when it is left; what is being typed stays while the page is fetched again. */
export function SavedInput({ type, value, save, ...rest }: SavedInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => setTyped(null), [value]);
  const shared = {
    ...rest,
    value: typed ?? value,
    onInput: (event: FieldEvent) => setTyped(event.currentTarget.value),
    onChange: (event: FieldEvent) => {
      const field = event.currentTarget;
      const next = field.value.trim();
      if (next !== value && field.reportValidity()) save(next);
    },
  };
  return type === "number" ? <input {...shared} type="number" /> : <input {...shared} type="text" />;
}

interface FieldEvent {
  readonly currentTarget: HTMLInputElement;
}
