import { words } from "../../words/results.ts";

/** Ways to the parts of the page. No links: the fragment of the address may be the share link itself. */
export function Contents({ parts }: { parts: { heading: string; title: string }[] }) {
  return (
    <nav class="contents" aria-label={words.contents}>
      {parts.map(({ heading, title }) => (
        <button key={heading} type="button" class="plain" onClick={() => goTo(heading)}>
          {title}
        </button>
      ))}
    </nav>
  );
}

function goTo(heading: string): void {
  const found = document.getElementById(heading);
  found?.scrollIntoView();
  found?.focus({ preventScroll: true });
}
