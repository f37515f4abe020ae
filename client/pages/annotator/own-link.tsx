import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../../words/annotator.ts";
import { words as text } from "../../words/join.ts";
import { personalLink } from "./link.ts";

/** Somebody's own link, to be kept, and the way on: to the first pair if it comes next (`isLast`). */
export function OwnLink({ token, isLast }: { token: string; isLast: boolean }) {
  const link = `${location.origin}${personalLink(token)}`;
  const field = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [said, setSaid] = useState("");
  useEffect(() => heading.current?.focus(), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid(words.copied);
    } catch {
      // without a secure connection browsers have no clipboard for pages
      field.current?.select();
      setSaid(text.copyByHand);
    }
  };
  return (
    <main class="notice">
      <h1 ref={heading} tabIndex={-1}>
        {text.yourLink}
      </h1>
      <p id="own-link-text">{text.yourLinkText}</p>
      <div class="own-link">
        <input
          ref={field}
          readOnly
          value={link}
          aria-label={text.yourLink}
          aria-describedby="own-link-text"
          dir="ltr"
        />
        <button type="button" onClick={() => void copy()}>
          {text.copy}
        </button>
      </div>
      <p class="quiet" role="status">
        {said}
      </p>
      <p>
        <a class="button primary" href={link}>
          {isLast ? text.goOn : text.continue}
        </a>
      </p>
    </main>
  );
}
