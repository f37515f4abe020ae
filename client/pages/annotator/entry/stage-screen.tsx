import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { EntryReply, EntryState, EntryStep } from "../../../../server/contract/entry.ts";
import type { EntryStage } from "../../../../server/contract/words.ts";
import { words } from "../../../words/entry.ts";

/** Takes a step. @returns the reply; null: it failed, and the page shows why */
export type TakeStep = (step: EntryStep) => Promise<EntryReply | null>;

/** What every stage is given. */
export interface StageProps {
  readonly stages: readonly EntryStage[];
  /** Of the owner's texts. */
  readonly language: string;
  readonly step: TakeStep;
  /** Goes on to what the server answered. */
  readonly show: (next: EntryState | null) => void;
  /** Why the last step failed. */
  readonly failure: string | null;
}

/** The stages, and at which of them one is; nothing where there is one only. */
export const Stages = ({ stages, at }: { stages: readonly EntryStage[]; at: EntryStage }) =>
  stages.length < 2 ? null : (
    <ol class="stages" aria-label={words.steps}>
      {stages.map((stage) => (
        <li
          key={stage}
          class={stages.indexOf(stage) < stages.indexOf(at) ? "passed" : undefined}
          aria-current={stage === at ? "step" : undefined}
        >
          {words.stages[stage]}
        </li>
      ))}
    </ol>
  );

interface StageScreenProps extends Pick<StageProps, "stages" | "failure"> {
  at: EntryStage;
  children: ComponentChildren;
}

/** One stage to read or to fill in. */
export function StageScreen({ stages, at, failure, children }: StageScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo({ top: 0, behavior: "instant" });
    heading.current?.focus({ preventScroll: true });
  }, [at]);
  return (
    <main class="notice entry">
      <Stages stages={stages} at={at} />
      <h1 ref={heading} tabIndex={-1}>
        {words.stages[at]}
      </h1>
      {children}
      <p class="trouble" role="alert">
        {failure}
      </p>
    </main>
  );
}
