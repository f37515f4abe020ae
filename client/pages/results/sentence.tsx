import type { Pair } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { scoreWords } from "./score-words.ts";

/** One pair in plain words, names kept from turning the writing direction around. */
export function Sentence({ pair }: { pair: Pair }) {
  return (
    <>
      {partsOf(pair).map((part) =>
        typeof part === "string" ? (
          part
        ) : part.strong ? (
          <strong>
            <bdi>{part.name}</bdi>
          </strong>
        ) : (
          <bdi>{part.name}</bdi>
        ),
      )}
    </>
  );
}

/** The same sentence as text. */
export function sentenceText(pair: Pair): string {
  return partsOf(pair)
    .map((part) => (typeof part === "string" ? part : `\u2068${part.name}\u2069`))
    .join("");
}

type Part = string | { name: string; strong?: boolean };

function partsOf(pair: Pair): Part[] {
  const { sentence } = words;
  const system = { name: pair.system };
  const against = { name: pair.against, strong: true };
  const group = { name: pair.group ?? words.people };
  if (pair.judgments === 0) {
    return [system, ` ${sentence.notYet} `, against, ` ${sentence.notYetBy} `, group, "."];
  }
  const share = (rate: number | null) => words.percent(rate ?? 0);
  return [
    system,
    ` ${sentence.wasPreferredTo} `,
    against,
    ` ${sentence.inShare(share(pair.win.rate), pair.judgments)} `,
    group,
    sentence.rest(share(pair.tie.rate), share(pair.loss.rate)),
    ...("value" in pair.halfTieRate ? [sentence.halfTie(scoreWords(pair.halfTieRate))] : []),
    ".",
  ];
}
