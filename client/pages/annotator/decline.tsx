import { useState } from "preact/hooks";
import type { Arrival } from "../../../server/contract/judging.ts";
import type { Finish } from "../../../server/contract/platforms.ts";
import { joinApi } from "../../api/judging.ts";
import { words } from "../../words/annotator.ts";
import { words as text } from "../../words/join.ts";

interface DeclineProps {
  arrival: Arrival;
  platform: string;
  onDeclined: (finish: Finish) => void;
}

/** Lets somebody from a platform say no before anything of them is kept. */
export function Decline({ arrival, platform, onDeclined }: DeclineProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const decline = async () => {
    const ending = await joinApi.decline(arrival);
    if (ending.kind === "ok") onDeclined(ending.reply);
    else setFailure(ending.kind === "refused" ? words.failed(ending.message) : words.offlineNow);
  };
  return (
    <>
      <button type="button" class="plain" onClick={() => void decline()}>
        {text.decline(platform)}
      </button>
      {failure !== null && (
        <p class="trouble" role="alert">
          {failure}
        </p>
      )}
    </>
  );
}
