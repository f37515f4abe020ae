import type { ComponentChildren, RefObject } from "preact";
import { methodsAddress, SECTION_TITLES, type SectionKey } from "../../../server/report-document/document.ts";
import { withBase } from "../../base-path.ts";
import { words } from "../../words/results.ts";

interface Props {
  name: SectionKey;
  class?: string;
  busy?: boolean;
  frame?: RefObject<HTMLElement | null>;
  children: ComponentChildren;
}

/** A section of the report under its heading, with the way to its methods. */
export function SectionView({ name, class: look, busy, frame, children }: Props) {
  const heading = headingOf(name);
  return (
    <section ref={frame} class={look} aria-labelledby={heading} aria-busy={busy}>
      <h2 id={heading} tabIndex={-1}>
        {SECTION_TITLES[name]}
      </h2>
      {children}
      <p class="methods-link">
        <a href={withBase(methodsAddress(name))} aria-label={words.methodsOf(SECTION_TITLES[name])}>
          {words.methods}
        </a>
      </p>
    </section>
  );
}

/** The id of a section's heading, by which the contents lead to it. */
export const headingOf = (name: SectionKey): string => `${name}-heading`;
