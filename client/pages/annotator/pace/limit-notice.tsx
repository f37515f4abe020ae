import { useEffect, useState } from "preact/hooks";
import { words } from "../../../words/annotator-pace.ts";
import { extend, limit } from "./store.ts";

/** Minutes before the end at which it is told; a quarter of a short time. */
const TOLD = [10, 5, 2, 1];
const LOOKS_MS = 5_000;

/** That the time which a platform gives runs out, with a way to get more where there is one. */
export function LimitNotice() {
  const minutes = useMinutesTold();
  const [failed, setFailed] = useState(false);
  const { value } = limit;
  if (value === null || minutes === null) return null;
  const { platform, mayExtend } = value;
  const text = words.limit;
  return (
    <section class="offer" aria-label={text.title}>
      <p>
        <strong>{minutes === 0 ? text.over(platform) : text.near(minutes, platform)}</strong>{" "}
        {!mayExtend && text.fixed}
      </p>
      {mayExtend && minutes > 0 && (
        <button type="button" onClick={() => void extend().then((isMore) => setFailed(!isMore))}>
          {text.more}
        </button>
      )}
      {failed && <p class="trouble">{text.failed}</p>}
    </section>
  );
}

/** The minutes to tell of; 0: the time is over; null: there is enough, or no limit. */
function useMinutesTold(): number | null {
  const [now, setNow] = useState(Date.now);
  const { value } = limit;
  useEffect(() => {
    setNow(Date.now());
    if (value === null) return;
    const timer = setInterval(() => setNow(Date.now()), LOOKS_MS);
    return () => clearInterval(timer);
  }, [value]);
  if (value === null) return null;
  const left = (value.seconds - (now - value.at) / 1000) / 60;
  if (left <= 0) return 0;
  return TOLD.findLast((one) => left <= one && one <= Math.max(1, value.minutes / 4)) ?? null;
}
