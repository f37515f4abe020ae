import { useState } from "preact/hooks";
import type { PlatformShown } from "../../../../server/contract/platforms.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { focusOnce } from "../focus-once.ts";
import { ownerApi } from "../owner-api.ts";
import { useAction } from "../use-action.ts";

const text = words.platform;

interface RemoveParts {
  study: string;
  platform: PlatformShown;
  onRemoved: () => void;
}

/** Takes the platform of a group away again: says what it means before it is done. */
export function RemovePlatform({ study, platform: { name, group }, onRemoved }: RemoveParts) {
  const [asked, setAsked] = useState(false);
  const { working, refused, run } = useAction();
  const remove = () =>
    run(async () => {
      await ownerApi.removePlatform(study, group);
      onRemoved();
    });
  return (
    <>
      {asked ? (
        <div class="confirm" role="group" aria-label={text.removeAsks(name)}>
          <p>
            <strong>{text.removeAsks(name)}</strong>
          </p>
          <p>{text.removeMeans}</p>
          <p class="buttons">
            <button type="button" class="primary" disabled={working} onClick={remove} ref={focusOnce}>
              {working ? words.moves.working : text.remove}
            </button>
            <button type="button" disabled={working} onClick={() => setAsked(false)}>
              {words.moves.notNow}
            </button>
          </p>
        </div>
      ) : (
        <button type="button" onClick={() => setAsked(true)}>
          {text.remove}
        </button>
      )}
      <Failure refused={refused} />
    </>
  );
}
