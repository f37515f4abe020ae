import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../../words/annotator.ts";
import type { Judging } from "./judging.ts";

const text = words.stop;

/** Lets somebody from a platform end their part whenever they want to; asks before it does. */
export function StopHere({ judging, platform }: { judging: Judging; platform: string }) {
  const [asks, setAsks] = useState(false);
  return (
    <footer class="stop-here">
      {asks ? (
        <Question judging={judging} platform={platform} onCancel={() => setAsks(false)} />
      ) : (
        <button type="button" class="plain" onClick={() => setAsks(true)}>
          {text.offer(platform)}
        </button>
      )}
    </footer>
  );
}

interface QuestionProps {
  judging: Judging;
  platform: string;
  onCancel: () => void;
}

function Question({ judging, platform, onCancel }: QuestionProps) {
  const [stopping, setStopping] = useState(false);
  const [failed, setFailed] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const stop = async () => {
    setStopping(true);
    setFailed(!(await judging.stop()));
    setStopping(false);
  };
  return (
    <div role="group" aria-label={text.asks}>
      <p>
        <strong>{text.asks}</strong> {text.means(platform)}
      </p>
      <div class="actions">
        <button ref={first} type="button" onClick={onCancel}>
          {text.goOn}
        </button>
        <button type="button" disabled={stopping} onClick={() => void stop()}>
          {text.stop}
        </button>
      </div>
      <p class="trouble" role="alert">
        {failed && words.join.offline}
      </p>
    </div>
  );
}
