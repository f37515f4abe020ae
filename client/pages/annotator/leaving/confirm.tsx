import { useEffect, useRef, useState } from "preact/hooks";
import type { LeavingSheet } from "../../../../server/contract/leaving.ts";
import type { Ending } from "../../../api/request.ts";
import { words } from "../../../words/leaving.ts";
import type { LeavingKind } from "./leaving-props.ts";

interface ConfirmProps {
  kind: LeavingKind;
  sheet: LeavingSheet;
  leave: () => Promise<Ending<unknown>>;
  onBack: () => void;
}

/** What one way of leaving means, and the button that does it. */
export function Confirm({ kind, sheet, leave, onBack }: ConfirmProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState("");
  useEffect(() => heading.current?.focus(), []);
  const confirm = async () => {
    setWorking(true);
    setFailure("");
    const ending = await leave();
    setWorking(false);
    if (ending.kind !== "ok") setFailure(ending.kind === "refused" ? words.gone : words.offline);
  };
  const text = { stop: words.stopForGood, withdraw: words.withdraw, erase: words.erase }[kind];
  return (
    <>
      <h2 id="leaving-title" ref={heading} tabIndex={-1}>
        {text.asks}
      </h2>
      <ul>
        {meaningOf(kind, sheet).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="primary" disabled={working} onClick={() => void confirm()}>
          {working ? words.working : text.confirm}
        </button>
        <button type="button" disabled={working} onClick={onBack}>
          {words.back}
        </button>
      </div>
      <p class="trouble" role="alert">
        {failure}
      </p>
    </>
  );
}

function meaningOf(
  kind: LeavingKind,
  { isClosed, platform, erasedJudgments, departure }: LeavingSheet,
): readonly string[] {
  if (kind === "stop") return words.stopForGood.means;
  if (kind === "withdraw") return isClosed ? [words.withdraw.closed] : words.withdraw.means;
  const { means, excluded, kept, pay, copies } = words.erase;
  const counts = erasedJudgments === "kept" && departure === null ? kept : excluded;
  return [...means, counts, ...(platform === null ? [] : [pay(platform)]), copies];
}
