import { everythingWanted } from "./further-section.tsx";

const PATIENCE_MS = 15_000;
const LOOK_AGAIN_MS = 100;

const isWaiting = (): boolean => document.querySelector(".further.waiting") !== null;

/** Prints the page once every block of it is there, or after a while without those that are not. */
export async function printPage(): Promise<void> {
  everythingWanted.value = true;
  for (let waited = 0; waited < PATIENCE_MS && isWaiting(); waited += LOOK_AGAIN_MS)
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  window.print();
  everythingWanted.value = false;
}

/** Prints as `printPage` when the keys for printing are pressed too early, and opens what is folded while it prints. */
export function printWhole(): void {
  window.addEventListener("keydown", (event) => {
    const isForPrint = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isForPrint || event.key.toLowerCase() !== "p" || !isWaiting()) return;
    event.preventDefault();
    void printPage();
  });
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>(".results details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
}
