import type { JudgedComparison } from "../../../../server/contract/judged.ts";
import { LongText } from "../../../components/long-text.tsx";
import { words } from "../../../words/results-judged.ts";
import { dayAndTime } from "../moment.ts";
import { FOLDS, SCREENS } from "./folds.ts";
import { lookHref } from "./look.ts";
import { inBothOrders, preferred } from "./said.ts";

type Judgment = JudgedComparison["judgments"][number];
type Sides = Pick<JudgedComparison, "system" | "against">;

/** Who said what, how, when, and why. */
export function JudgmentItem({ judgment, sides }: { judgment: Judgment; sides: Sides }) {
  const { annotator, group, outcome, rationale, thinking, flags = [], excludedBy } = judgment;
  const system = preferred(judgment, sides);
  return (
    <div class={excludedBy === null ? "judgment" : "judgment out"}>
      <p class="who">
        {annotator === null ? (
          words.noName
        ) : (
          <a href={lookHref({ annotator, group })}>
            <bdi>{annotator}</bdi>
          </a>
        )}{" "}
        <span class="quiet">
          <bdi>{group}</bdi>
        </span>
      </p>
      <div>
        <p class={`verdict ${outcome}`}>
          {system !== null ? (
            <>
              {words.prefers} <bdi>{system}</bdi>
            </>
          ) : judgment.choice === "both_bad" && judgment.otherOrder === null ? (
            words.bothBad
          ) : (
            words.neither
          )}
        </p>
        <p class="how quiet">
          <Circumstances judgment={judgment} sides={sides} />
        </p>
        {flags.map(({ flag, system }) => (
          <p key={`${flag} ${system}`} class="flagged">
            {words.flagged(words.flags[flag] ?? flag)} <bdi>{system ?? words.ofPrompt}</bdi>
          </p>
        ))}
        {rationale !== null && <Quoted caption={words.rationale} text={rationale} />}
        {thinking !== undefined && <Quoted caption={words.thinking} text={thinking} />}
      </div>
    </div>
  );
}

const Quoted = ({ caption, text }: { caption: string; text: string }) => (
  <figure class="rationale">
    <figcaption class="quiet">{caption}</figcaption>
    <LongText screens={SCREENS} labels={FOLDS}>
      <blockquote dir="auto">{text}</blockquote>
    </LongText>
  </figure>
);

function Circumstances({ judgment, sides }: { judgment: Judgment; sides: Sides }) {
  const { left, sideKnown, seconds, at, excludedBy } = judgment;
  const orders = inBothOrders(judgment, sides);
  return (
    <>
      <span>
        {sideKnown ? (
          <>
            <bdi>{left}</bdi> {words.stoodLeft}
          </>
        ) : (
          words.sideUnknown
        )}
      </span>
      {orders !== null && (
        <span>
          {words.bothOrders} <bdi>{orders[0] ?? words.noneOfTwo}</bdi>, {words.thenSides}{" "}
          <bdi>{orders[1] ?? words.noneOfTwo}</bdi>
        </span>
      )}
      {seconds !== null && <span>{words.seconds(seconds)}</span>}
      {at !== null && <span>{dayAndTime(at)}</span>}
      {excludedBy !== null && <strong>{words.leftOut(excludedBy)}</strong>}
    </>
  );
}
