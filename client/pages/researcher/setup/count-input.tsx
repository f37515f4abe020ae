import { SavedInput } from "./saved-input.tsx";

interface CountInputProps {
  id?: string;
  label?: string;
  describedBy?: string;
  value: number | null;
  min: number;
  max: number;
  placeholder?: string;
  /** Whether it may be empty: null. */
  canBeEmpty?: boolean;
  set: (value: number | null) => void;
}

/** A whole number that saves itself when the field is left. */
export function CountInput(given: CountInputProps) {
  const { label, describedBy, value, canBeEmpty = false, set, ...rest } = given;
  return (
    <SavedInput
      {...rest}
      type="number"
      class="count"
      inputMode="numeric"
      step={1}
      required={!canBeEmpty}
      aria-label={label}
      aria-describedby={describedBy}
      value={value === null ? "" : String(value)}
      save={(text) => set(text === "" ? null : Number(text))}
    />
  );
}
