import type { InputHTMLAttributes } from "preact";
import { useEffect, useState } from "preact/hooks";

type Rest = Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onInput" | "onChange">;

interface SavedInputProps extends Rest {
  value: string;
  /** Called with what was typed when the field is left, if it is another value that the field takes. */
  save: (value: string) => void;
}

/** A field that saves itself when it is left; what is being typed stays while the page is fetched again. */
export function SavedInput({ value, save, ...rest }: SavedInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => setTyped(null), [value]);
  return (
    <input
      {...rest}
      value={typed ?? value}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onChange={(event) => {
        const field = event.currentTarget;
        const next = field.value.trim();
        if (next !== value && field.reportValidity()) save(next);
      }}
    />
  );
}
