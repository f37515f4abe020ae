import { effect, signal } from "@preact/signals";
import type { Pace } from "../../../../server/contract/pace.ts";
import { paceApi } from "../../../api/pace.ts";
import type { Ending } from "../../../api/request.ts";
import type { Judging } from "../judging.ts";
import { placeOf } from "../link.ts";
import { RESTED, type Since } from "./break-due.ts";

const TRIES_AGAIN_MS = 30_000;

/** Active times of this annotator's pairs, the latest last. */
export const own = signal<readonly number[]>([]);
/** How long a pair takes in this study; null: not known. */
export const study = signal<number | null>(null);
/** What is left of the time that there is, and when that was so, by this device's clock. */
export const limit = signal<(NonNullable<Pace["limit"]> & { readonly at: number }) | null>(null);
/** What was done since the last break, or since it was passed over. */
export const since = signal<Since>(RESTED);

let isStarted = false;

/** Asks the server once, and notes every pair that is answered from now on. */
export function start(judging: Judging): void {
  if (isStarted) return;
  isStarted = true;
  const known = new Set(judging.held.peek().outbox.map((entry) => entry.requestKey));
  effect(() => {
    for (const { requestKey, first, activeMs } of judging.held.value.outbox) {
      if (!first || known.has(requestKey)) continue;
      known.add(requestKey);
      own.value = [...own.peek(), activeMs];
      const { pairs, ms } = since.peek();
      since.value = { pairs: pairs + 1, ms: ms + activeMs };
    }
  });
  void ask();
}

async function ask(): Promise<void> {
  const ending = await api().pace();
  if (ending.kind === "refused" && ending.status < 500) return; // such as a link that was revoked
  if (ending.kind !== "ok") return void setTimeout(() => void ask(), TRIES_AGAIN_MS);
  own.value = [...ending.reply.own, ...own.peek()];
  take(ending.reply);
}

/** Asks for more time. @returns whether there is some */
export async function extend(): Promise<boolean> {
  const ending: Ending<Pace> = await api().extend();
  if (ending.kind === "ok") take(ending.reply);
  return ending.kind === "ok";
}

function take(pace: Pace): void {
  study.value = pace.study;
  limit.value = pace.limit && { ...pace.limit, at: Date.now() };
}

function api() {
  const place = placeOf(location);
  return paceApi(place.kind === "judge" ? place.token : "");
}
