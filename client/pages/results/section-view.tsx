import type { ComponentChildren, RefObject } from "preact";
import { methodsAddress, SECTION_TITLES, type SectionKey } from "../../../server/report-document/document.ts";
import { withBase } from "../../base-path.ts";
import { words } from "../../words/results.ts";

interface Props {
  name: SectionKey;
  class?: string;
  busy?: boolean;
  frame?: RefObject<HTMLElement | null>;
  /** What the section found, in a line. */
  finding?: string | null;
  /** Whether it is folded to that line at first. */
  isFolded?: boolean;
  children: ComponentChildren;
}

/** A section of the report under its heading, with the way to its methods. */
export function SectionView({ name, class: look, busy, frame, finding, isFolded = false, children }: Props) {
  const heading = headingOf(name);
  const title = (
    <h2 id={heading} tabIndex={isFolded ? undefined : -1}>
      {SECTION_TITLES[name]}
    </h2>
  );
  const inside = (
    <>
      {children}
      <p class="methods-link">
        <a href={withBase(methodsAddress(name))} aria-label={words.methodsOf(SECTION_TITLES[name])}>
          {words.methods}
        </a>
      </p>
    </>
  );
  return (
    <section ref={frame} class={look} aria-labelledby={heading} aria-busy={busy}>
      {isFolded ? (
        <details class="section-fold">
          <summary>
            {title}
            <span class="finding">{finding}</span>
          </summary>
          {inside}
        </details>
      ) : (
        <>
          {title}
          {finding && <p class="finding">{finding}</p>}
          {inside}
        </>
      )}
    </section>
  );
}

/** The id of a section's heading. */
export const headingOf = (name: SectionKey): string => `${name}-heading`;
