import type { Shown } from "../../../server/contract/judging.ts";
import { judgingApi } from "../../api/judging.ts";
import { indexedKeeper } from "../../outbox/keeper.ts";
import type { Timers } from "../../outbox/runner.ts";
import { Judging } from "./judging.ts";

const KEY_BYTES = 16;

const timers: Timers = {
  later(afterMs, run) {
    const timer = setTimeout(run, afterMs);
    return () => clearTimeout(timer);
  },
};

/** An annotator at work in this browser: wakes with the page and the network, and hears the other tabs. */
export function judgingInBrowser(token: string): Judging {
  const tabs = new BroadcastChannel(`tiebreak-${token}`);
  const judging = new Judging(
    {
      api: judgingApi(token),
      keeper: indexedKeeper(token),
      timers,
      newKey,
      shown,
      tellTabs: (assignment) => tabs.postMessage(assignment),
    },
    navigator.language,
  );
  tabs.addEventListener("message", ({ data }: MessageEvent<string>) => judging.hearTab(data));
  window.addEventListener("online", () => void judging.wake({ mayReplaceShown: false }));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void judging.wake({ mayReplaceShown: true });
  });
  void judging.start();
  return judging;
}

/** 32 hexadecimal digits; `randomUUID` would need a secure connection. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A tablet's shorter side, in CSS pixels, and a phone's are on either side of it. */
const TABLET_PX = 600;

/** Whether both answers begin at one height, and what kind of device this is; nothing else of it is told. */
function shown(): Shown {
  const [left, right] = [...document.querySelectorAll("[data-judged]")].map((one) =>
    Math.round(one.getBoundingClientRect().top),
  );
  const isSmall = Math.min(screen.width, screen.height) < TABLET_PX;
  const device = !matchMedia("(pointer: coarse)").matches ? "desktop" : isSmall ? "phone" : "tablet";
  return { layout: left === right ? "columns" : "stacked", device };
}
