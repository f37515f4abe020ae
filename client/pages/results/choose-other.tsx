import { useEffect, useState } from "preact/hooks";
import type { Studies } from "../../../server/contract/study-list.ts";
import { withBase } from "../../base-path.ts";
import { words } from "../../words/results.ts";
import { says } from "../../words/results-beside.ts";

/** The studies that can stand beside this one, each a link to both side by side. */
export function ChooseOther({ study }: { study: string }) {
  const [names, setNames] = useState<readonly string[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    document.title = words.besideAnother;
    void otherStudies(study).then(setNames, () => setFailed(true));
  }, [study]);
  const here = withBase(`/results/${encodeURIComponent(study)}`);
  return (
    <main class="results beside">
      <p>
        <a href={here}>{says.resultsOf(study)}</a>
      </p>
      <h1>{says.which(study)}</h1>
      {names === null && <p role="status">{failed ? words.unreachable : words.loading}</p>}
      {names?.length === 0 && <p>{says.noOther}</p>}
      {names && (
        <ul>
          {names.map((name) => (
            <li key={name}>
              <a href={`${here}?${new URLSearchParams({ beside: name }).toString()}`}>
                <bdi>{name}</bdi>
              </a>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}

/** @throws where they cannot be had */
async function otherStudies(study: string): Promise<string[]> {
  const names: string[] = [];
  let after = "";
  for (;;) {
    const reply = await fetch(withBase(`/api/studies${after}`));
    if (!reply.ok) throw new Error(`the studies: ${String(reply.status)}`);
    const { studies, next } = (await reply.json()) as Studies;
    names.push(...studies.map(({ name }) => name));
    if (next === null) return names.filter((name) => name !== study);
    after = `?${new URLSearchParams({ after: next }).toString()}`;
  }
}
