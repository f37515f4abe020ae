import { words } from "../../../words/leaving.ts";
import { Notice } from "../notice.tsx";

/** Somebody has stopped who can continue: nothing is asked of the server until they do. */
export const Stopped = () => (
  <Notice {...words.stop.done}>
    <div class="actions">
      <button type="button" class="primary" onClick={() => location.reload()}>
        {words.stop.resume}
      </button>
    </div>
  </Notice>
);
