import { useEffect, useState } from "preact/hooks";
import type { RunningFigure as Figure } from "../../../../server/contract/judging.ts";
import { words } from "../../../words/annotator-more.ts";
import type { Judging } from "../judging.ts";
import { ownApi } from "./own-api.ts";

const text = words.running;

/**
 * How this annotator's own judgments stand, anew after every so many pairs: a figure that moved with each answer would
 * show which system it was of.
 */
export function RunningFigure({ judging, every }: { judging: Judging; every: number }) {
  const [figure, setFigure] = useState<Figure | null>(null);
  const step = Math.floor((judging.held.value.progress?.judged ?? 0) / every);
  useEffect(() => {
    if (step === 0) return;
    let isPast = false;
    void ownApi()
      .runningFigure()
      .then((ending) => {
        if (ending.kind === "ok" && !isPast) setFigure(ending.reply);
      });
    return () => {
      isPast = true;
    };
  }, [step]);
  return (
    <section class="running-figure" aria-label={text.label}>
      {figure === null || figure.pairs.length === 0 ? (
        <p class="quiet">{text.soon(every)}</p>
      ) : (
        figure.pairs.map((pair) => (
          <p key={`${pair.system} ${pair.against}`}>
            <Interval {...pair} />
            <span>
              {text.rate(isolated(pair.system), {
                rate: written(pair.rate),
                low: written(pair.low),
                high: written(pair.high),
              })}{" "}
              <span class="quiet">
                {text.counts({ ...pair, system: isolated(pair.system), against: isolated(pair.against) })}
              </span>
            </span>
          </p>
        ))
      )}
    </section>
  );
}

/** The rate and its interval on a line from 0 to 1; the words after it say the same. */
function Interval({ rate, low, high }: Record<"rate" | "low" | "high", number>) {
  const percent = (value: number) => `${String(100 * value)}%`;
  return (
    <span class="interval" dir="ltr" aria-hidden="true">
      <span class="even" />
      <span class="whole" style={{ left: percent(low), width: percent(high - low) }} />
      <span class="value" style={{ left: percent(rate) }} />
    </span>
  );
}

/** A name in a sentence of any direction. */
const isolated = (name: string): string => `\u2068${name}\u2069`;

/** 0.65 as `.65`, 1 as `1.00`. */
const written = (rate: number): string => rate.toFixed(2).replace(/^0/, "");
