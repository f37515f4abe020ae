import { useState } from "preact/hooks";
import type { Arrival } from "../../../server/contract/judging.ts";
import type { Finish } from "../../../server/contract/platforms.ts";
import { joinApi } from "../../api/judging.ts";
import { words } from "../../words/annotator.ts";
import { WayBack } from "./way-back.tsx";

/** Lets somebody from a platform say no before anything of them is kept, and get back there. */
export function Decline({ arrival, platform }: { arrival: Arrival; platform: string }) {
  const [finish, setFinish] = useState<Finish | null>(null);
  const [failed, setFailed] = useState(false);
  const decline = async () => {
    const ending = await joinApi.decline(arrival);
    setFailed(ending.kind !== "ok");
    if (ending.kind === "ok") setFinish(ending.reply);
  };
  if (finish !== null) {
    return (
      <div class="declined" role="status">
        <p>{words.join.declined}</p>
        <WayBack finish={finish} />
      </div>
    );
  }
  return (
    <>
      <button type="button" class="plain" onClick={() => void decline()}>
        {words.join.decline(platform)}
      </button>
      {failed && (
        <p class="trouble" role="alert">
          {words.join.offline}
        </p>
      )}
    </>
  );
}
