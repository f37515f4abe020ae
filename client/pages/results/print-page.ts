import { everythingWanted } from "./block-section.tsx";

const PATIENCE_MS = 15_000;
const LOOK_AGAIN_MS = 100;

/** Prints the page once every block of it is there, or after a while without those that are not. */
export async function printPage(): Promise<void> {
  everythingWanted.value = true;
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_AGAIN_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    if (document.querySelector(".further.waiting") === null) break;
  }
  window.print();
  everythingWanted.value = false;
}
