import type { ComponentChildren } from "preact";
import { words } from "../../words/dashboard.ts";

/** One section of a study's page, found by its name in the address. */
export function Section({
  name,
  children,
}: {
  name: keyof typeof words.sections;
  children: ComponentChildren;
}) {
  return (
    <section id={name} aria-labelledby={`${name}-heading`}>
      <h2 id={`${name}-heading`}>{words.sections[name]}</h2>
      {children}
    </section>
  );
}
