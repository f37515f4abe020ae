import type { ComponentChildren } from "preact";
import { Failure } from "./failure.tsx";
import { useAction } from "./use-action.ts";

interface ActionFormProps {
  /** What the form is for; why it failed is shown above the button. */
  readonly action: () => Promise<void>;
  /** Of the button. */
  readonly label: string;
  readonly isPrimary?: boolean;
  /** Whether it can be sent. */
  readonly isReady?: boolean;
  /** Its fields. */
  readonly children: ComponentChildren;
}

/** A form with one button, which does one thing at a time. */
export function ActionForm({ action, label, isPrimary, isReady = true, children }: ActionFormProps) {
  const { working, refused, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    run(action);
  };
  return (
    <form class="settings-form" onSubmit={submit}>
      {children}
      <Failure refused={refused} />
      <button type="submit" class={isPrimary ? "primary" : undefined} disabled={working || !isReady}>
        {label}
      </button>
    </form>
  );
}
