import type { ComponentChildren } from "preact";

interface ScrollTableProps {
  /** What a screen reader calls the region that scrolls. */
  readonly label: string;
  readonly headings: readonly string[];
  /** The rows of the body. */
  readonly children: ComponentChildren;
}

/** A table that scrolls within itself on a narrow screen. */
export const ScrollTable = ({ label, headings, children }: ScrollTableProps) => (
  <div class="scroller" role="region" aria-label={label} tabIndex={0}>
    <table>
      <thead>
        <tr>
          {headings.map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);
