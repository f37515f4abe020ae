import { useLayoutEffect, useRef } from "preact/hooks";
import type { SkipReason } from "../../../server/contract/words.ts";
import { words } from "../../words/annotator.ts";
import { panelId, type Panels } from "./use-panels.ts";

const text = words.cannot;

/** Opens the list of reasons; on an earlier pair that could not be judged it says so. */
export function CannotButton({ panels, given }: { panels: Panels; given: SkipReason | null }) {
  return (
    <button
      type="button"
      class="plain cannot-button"
      aria-expanded={panels.open === "cannot"}
      aria-controls={panelId("cannot")}
      onClick={() => panels.toggle("cannot")}
    >
      {text.button}
      {given !== null && <span class="chosen">{words.chosen}</span>}
    </button>
  );
}

interface CannotPanelProps {
  panels: Panels;
  /** The reason given before, on an earlier pair. */
  given: SkipReason | null;
  onSkip: (reason: SkipReason) => void;
}

/** Why the pair cannot be judged, in place of the choices: one click on a reason records it. */
export function CannotPanel({ panels, given, onSkip }: CannotPanelProps) {
  const open = panels.open === "cannot";
  return (
    <section id={panelId("cannot")} class="cannot" aria-label={text.why} hidden={!open}>
      {open && <Reasons panels={panels} given={given} onSkip={onSkip} />}
    </section>
  );
}

function Reasons({ panels, given, onSkip }: CannotPanelProps) {
  const heading = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const click = (reason: SkipReason) => (event: MouseEvent) => {
    // the second click of the double click that opened the list
    if (event.detail < 2) onSkip(reason);
  };
  return (
    <>
      <p id="cannot-heading" ref={heading} tabIndex={-1}>
        {text.why}
      </p>
      <div class="reasons" role="group" aria-labelledby="cannot-heading">
        {(Object.keys(text.reasons) as SkipReason[]).map((reason) => (
          <button
            key={reason}
            type="button"
            aria-pressed={given === null ? undefined : given === reason}
            onClick={click(reason)}
          >
            {text.reasons[reason]}
          </button>
        ))}
        <button type="button" class="plain" onClick={panels.close}>
          {text.back}
        </button>
      </div>
    </>
  );
}
