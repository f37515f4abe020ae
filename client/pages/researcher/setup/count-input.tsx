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

/** A whole number that is saved when the field is left, if it is one. */
export function CountInput({
  id,
  label,
  describedBy,
  value,
  min,
  max,
  placeholder,
  canBeEmpty = false,
  set,
}: CountInputProps) {
  return (
    <input
      id={id}
      type="number"
      class="count"
      inputMode="numeric"
      min={min}
      max={max}
      step={1}
      required={!canBeEmpty}
      placeholder={placeholder}
      aria-label={label}
      aria-describedby={describedBy}
      value={value ?? ""}
      onChange={(event) => {
        const field = event.currentTarget;
        if (!field.reportValidity()) return;
        const next = field.value === "" ? null : field.valueAsNumber;
        if (next !== value) set(next);
      }}
    />
  );
}
