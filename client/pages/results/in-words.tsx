import type { Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { type Leads, lookAt } from "./judged/leads.ts";
import { type Block, speakingPair } from "./report-view.ts";
import { Sentence } from "./sentence.tsx";
import { useBlock } from "./use-block.ts";
import { verdictWords } from "./verdict.ts";
import type { BlockShelf } from "./watch-block.ts";

interface Props {
  report: Report;
  blocks: Block[];
  shelf: BlockShelf;
  leads: Leads | undefined;
}

/** One sentence a baseline. A verdict stands only where the declared test is complete. */
export function InWords({ report, blocks, shelf, leads }: Props) {
  const confirmatory = report.analysis.status === "confirmatory";
  const { part: tests } = useBlock(shelf, "tests", confirmatory);
  return (
    <section aria-labelledby="words-heading" class="in-words">
      <h2 id="words-heading">{words.inWords}</h2>
      <p class="status">{statusWords(report)}</p>
      <ul>
        {blocks.map((block) => {
          const pair = speakingPair(block);
          return (
            pair && (
              <li key={JSON.stringify([block.system, block.against])}>
                <Sentence pair={pair} />
                {confirmatory && tests !== null && verdictWords(report, pair, tests)}
                {leads && pair.judgments > 0 && (
                  <>
                    {" "}
                    <a href={leads(lookAt(pair))} aria-label={words.theJudgmentsOn(pair.against)}>
                      {words.theJudgments}
                    </a>
                  </>
                )}
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}

function statusWords({ analysis: { status }, slots }: Report): string {
  const { status: says } = words;
  if (status === "exploratory") return says.exploratory;
  if (status === "interim") return says.interim(slots.judged, slots.wanted);
  return slots.judged < slots.wanted || slots.wanted === 0
    ? says.closed(slots.judged, slots.wanted)
    : says.confirmatory;
}
