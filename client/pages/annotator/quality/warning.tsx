import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Signal } from "../../../../server/contract/quality.ts";
import { words } from "../../../words/annotator-quality.ts";
import type { Judging } from "../judging.ts";
import "./quality.css";

const text = words.warning;
/** What was put away here: a reply that was on its way may bring it once more. */
const read = signal<readonly Signal[]>([]);

/** A warning, once: it goes when it was read. */
export function Warning({ judging }: { judging: Judging }) {
  const about = judging.held.value.warning;
  const heading = useRef<HTMLHeadingElement>(null);
  const isRead = about !== undefined && read.value.includes(about);
  useEffect(() => {
    if (isRead) void judging.post("/api/judge/warning", { signal: about });
    else heading.current?.scrollIntoView({ block: "nearest" });
  }, [isRead, about, judging]);
  if (isRead || about === undefined) return null;
  return (
    <section class="work-warning" aria-labelledby="work-warning">
      <h2 id="work-warning" ref={heading}>
        {text.title}
      </h2>
      <p>{text.text[about]}</p>
      <p>{text.pay}</p>
      <button type="button" onClick={() => (read.value = [...read.value, about])}>
        {text.understood}
      </button>
    </section>
  );
}
