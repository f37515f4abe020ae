import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** One thing to know, as a page of its own. */
export function Notice(props: { title: string; text: string; children?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, [props.title]);
  return (
    <main class="notice">
      <h1 ref={heading} tabIndex={-1}>
        {props.title}
      </h1>
      <p>{props.text}</p>
      {props.children}
    </main>
  );
}
