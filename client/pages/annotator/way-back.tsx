import { useEffect, useRef, useState } from "preact/hooks";
import type { Finish } from "../../../server/contract/platforms.ts";
import { words } from "../../words/annotator.ts";

const text = words.wayBack;
/** Long enough to read the page, and to stay on it. */
const LEAVES_AFTER_MS = 15_000;

interface WayBackProps {
  finish: Finish;
  /** Whether they may wait instead, so that nobody is sent away. */
  waits?: boolean;
}

/** How somebody gets back to the platform that they came from: by itself after a while unless they stay, else by a code. */
export function WayBack({ finish: { platform, code, address }, waits = false }: WayBackProps) {
  const [stays, setStays] = useState(waits);
  useEffect(() => {
    if (address === null || stays) return;
    const timer = setTimeout(() => location.assign(address), LEAVES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [address, stays]);
  return (
    <div class="way-back">
      {waits && <p>{text.withoutWaiting}</p>}
      {address !== null && (
        <>
          <p>{stays ? text.whenReady(platform) : text.goesBack(platform)}</p>
          <div class="actions">
            <a class="button primary" href={address} rel="noreferrer">
              {text.goNow(platform)}
            </a>
            {!stays && (
              <button type="button" onClick={() => setStays(true)}>
                {text.stay}
              </button>
            )}
          </div>
        </>
      )}
      {code !== null && <Code code={code} platform={platform} isSent={address !== null} />}
    </div>
  );
}

function Code({ code, platform, isSent }: { code: string; platform: string; isSent: boolean }) {
  const shown = useRef<HTMLElement>(null);
  const [outcome, setOutcome] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      setOutcome(words.copied);
    } catch {
      // without a secure connection browsers have no clipboard for pages
      if (shown.current) getSelection()?.selectAllChildren(shown.current);
      setOutcome(text.selected);
    }
  };
  return (
    <>
      <p>{isSent ? text.codeIfNeeded(platform) : text.codeToEnter(platform)}</p>
      <div class="code-row">
        <code ref={shown} dir="ltr">
          {code}
        </code>
        <button type="button" onClick={() => void copy()}>
          {text.copy}
        </button>
      </div>
      <p class="quiet" role="status">
        {outcome}
      </p>
    </>
  );
}
