import { clear } from "idb-keyval";
import type { Finish } from "../../../../server/contract/platforms.ts";
import { storeOf } from "../../../outbox/keeper.ts";
import { words } from "../../../words/leaving.ts";
import { Notice } from "../notice.tsx";
import { reading } from "../reading.ts";
import { WayBack } from "../way-back.tsx";

/** Nothing is known of this person any more; the way back to their platform is shown once, here. */
export const Erased = ({ finish }: { finish: Finish | null }) => (
  <Notice {...words.erase.done}>{finish && <WayBack finish={finish} />}</Notice>
);

/** Deletes what this browser keeps for a personal link: pairs, answers, and that somebody started with it. */
export async function forgetHere(token: string): Promise<void> {
  try {
    const keys = Object.keys(localStorage).filter((key) => localStorage.getItem(key) === token);
    for (const key of keys) localStorage.removeItem(key);
    reading.forget();
    await clear(storeOf(token));
  } catch {
    // a browser that keeps nothing has nothing to delete
  }
  history.replaceState(null, "", location.pathname);
}
