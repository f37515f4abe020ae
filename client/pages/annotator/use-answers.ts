import { useCallback } from "preact/hooks";
import type { Sheet } from "../../../server/contract/judging.ts";
import type { Choice, SkipReason } from "../../../server/contract/words.ts";
import type { Draft } from "../../outbox/held-work.ts";
import { draftOf, remarksOf } from "./drafts.ts";
import type { Judging } from "./judging.ts";
import type { Panels } from "./use-panels.ts";

interface AnswersGiven {
  readonly judging: Judging;
  readonly panels: Panels;
  readonly sheet: Sheet;
  readonly assignment: string;
  /** Whether a choice can be made now. */
  readonly awake: boolean;
  /** Whether the pair has been on the screen for long enough to be answered. */
  readonly settled: boolean;
  readonly readActiveMs: () => number;
}

/** The ways to answer the pair on the screen, each with what is remarked on it. */
export function useAnswers(given: AnswersGiven) {
  const { judging, panels, sheet, assignment, awake, settled, readActiveMs } = given;
  const draft = draftOf(judging.held.value, assignment);
  const change = (next: Draft) => judging.keepDraft(assignment, () => next);
  /** No choice waits for a comment any more. */
  const forgetWanted = () =>
    judging.keepDraft(assignment, (now) => (now?.wanted ? { ...now, wanted: undefined } : now));
  /** A choice; where it needs a comment, that is asked for first. */
  const choose = useCallback(
    (choice: Choice) => {
      const remarks = remarksOf(draft);
      if (!awake || sheet.options[choice] === undefined) return;
      if (!sheet.comment?.includes(choice) || remarks.comment)
        return judging.choose(choice, readActiveMs(), remarks);
      change({ ...draft, wanted: choice });
      panels.toggle("remarks");
    },
    [judging, sheet, awake, draft, readActiveMs],
  );
  /** The choice that has got the comment it needed. */
  const record = (choice: Choice) => {
    panels.close();
    judging.choose(choice, readActiveMs(), remarksOf(draft));
  };
  const skip = (reason: SkipReason) => {
    if (!settled) return;
    panels.close();
    judging.skip(reason, readActiveMs(), remarksOf(draft));
  };
  return { draft, change, forgetWanted, choose, record, skip };
}
