import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import type { Edit } from "./use-edit.ts";

/** That a step has saved itself, or why it could not. */
export function SavedMark({ of: { state, refused } }: { of: Edit }) {
  return (
    <>
      <p class="saved-mark quiet" role="status">
        {state === null ? "" : words.setup[state]}
      </p>
      <Failure refused={refused} />
    </>
  );
}
