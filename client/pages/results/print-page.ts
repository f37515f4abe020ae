import { everythingWanted } from "./further-section.tsx";

const PATIENCE_MS = 15_000;
const LOOK_AGAIN_MS = 100;

/** Whether the report, or a section of it, is on its way. */
const isWaiting = (): boolean =>
  document.querySelector(".further.waiting, main > p[role=status]:not(.failed)") !== null;

/** Prints the page once every block of it is there, or after a while without those that are not. */
export async function printPage(): Promise<void> {
  printWhole();
  everythingWanted.value = true;
  for (let waited = 0; waited < PATIENCE_MS && isWaiting(); waited += LOOK_AGAIN_MS)
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  window.print();
  everythingWanted.value = false;
}

/**
 * Prints as `printPage` when the keys for printing are pressed too early, and opens what is folded while it prints; called again,
 * nothing changes. The keys are those that `main.tsx` holds until then.
 */
export function printWhole(): void {
  window.onkeydown = (event) => {
    const isForPrint = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isForPrint || event.key.toLowerCase() !== "p" || !isWaiting()) return;
    event.preventDefault();
    void printPage();
  };
  window.onbeforeprint = () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>(".results details:not([open])")];
    for (const fold of opened) fold.open = true;
  };
  window.onafterprint = () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  };
}

let opened: HTMLDetailsElement[] = [];
