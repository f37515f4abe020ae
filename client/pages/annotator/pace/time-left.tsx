import { useEffect } from "preact/hooks";
import { progressNow } from "../../../outbox/held-work.ts";
import { words } from "../../../words/annotator-pace.ts";
import type { Judging } from "../judging.ts";
import { minutesLeft } from "./estimate.ts";
import { own, start, study } from "./store.ts";
import "./pace.css";

/** About how long the rest takes, beside how far somebody is. */
export function TimeLeft({ judging }: { judging: Judging }) {
  useEffect(() => start(judging), [judging]);
  const progress = progressNow(judging.held.value);
  if (progress === null) return null;
  const minutes = minutesLeft({ own: own.value, study: study.value }, progress.of - progress.judged);
  return minutes === null ? null : <small class="time-left">{words.left(minutes)}</small>;
}
