import type { Pair } from "../../contract/report.ts";
import { perCentOfBar } from "../numbers.ts";
import { pad, widthOf, wrap } from "./plain-text.ts";
import { rowName } from "../report-parts.ts";

const NAME_MAX = 34;

/** A bar of won, tied and lost a pair, all of one length, with the shares behind it. */
export function barsText(pairs: readonly Pair[], target: string | null, width: number): string {
  const widest = Math.max(...pairs.map((pair) => widthOf(rowName(pair, target))));
  const apart = widest > NAME_MAX;
  const who = target === null ? "The first system" : target;
  const legend = wrap(`${who}: ■ won  ▒ tied  □ lost, in % of the judgments`, width);
  const lines = pairs.flatMap((pair) => {
    const name = rowName(pair, target);
    const shares = [pair.win, pair.tie, pair.loss].map(({ rate }) => perCentOfBar(rate ?? 0));
    const bar = `${barOf(pair, width - (apart ? 0 : widest) - 16)}  ${shares.join(" / ")}`;
    return apart ? [wrap(name, width), `  ${bar}`] : [`${pad(name, widest, "right")}  ${bar}`];
  });
  return [legend, "", ...lines].join("\n");
}

function barOf(pair: Pair, width: number): string {
  const won = Math.round((pair.win.count / pair.judgments) * width);
  const wonOrTied = Math.round(((pair.win.count + pair.tie.count) / pair.judgments) * width);
  return "■".repeat(won) + "▒".repeat(wonOrTied - won) + "□".repeat(width - wonOrTied);
}
