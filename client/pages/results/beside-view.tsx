import { useEffect, useState } from "preact/hooks";
import type { Beside } from "../../../server/contract/beside.ts";
import { besideDocument } from "../../../server/report-document/beside.ts";
import { withBase } from "../../base-path.ts";
import { words } from "../../words/results.ts";
import { says } from "../../words/results-beside.ts";
import { ChooseOther } from "./choose-other.tsx";
import { PartsView } from "./parts-view.tsx";

/** What the server answered: the two studies, or its words why not; null: not yet. */
type Answer = { beside: Beside } | { refused: string } | null;

/** Two studies side by side; where `other` is empty, the choice of one. */
export const BesideView = ({ study, other }: { study: string; other: string }) =>
  other === "" ? <ChooseOther study={study} /> : <Both study={study} other={other} />;

function Both({ study, other }: { study: string; other: string }) {
  const [answer, setAnswer] = useState<Answer>(null);
  useEffect(() => {
    document.title = says.tabTitle(study, other);
    void fetchBeside(study, other).then(setAnswer);
  }, [study, other]);
  if (answer === null)
    return (
      <main class="results">
        <p role="status">{words.loading}</p>
      </main>
    );
  return (
    <main class="results beside">
      <p class="ways">
        <a href={withBase(`/results/${encodeURIComponent(study)}`)}>{says.resultsOf(study)}</a>{" "}
        <a href={withBase(`/results/${encodeURIComponent(other)}`)}>{says.resultsOf(other)}</a>
      </p>
      {"refused" in answer ? (
        <>
          <h1>{says.title}</h1>
          <p>{answer.refused}</p>
        </>
      ) : (
        <Sections beside={answer.beside} />
      )}
    </main>
  );
}

function Sections({ beside }: { beside: Beside }) {
  const { title, sections } = besideDocument(beside);
  const setting = {
    study: `${beside.first.study}-beside-${beside.second.study}`,
    ...{ hrefOf: () => undefined, draw: () => "", captionOf: () => "" },
  };
  return (
    <>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      {sections.map(({ title: heading, parts }) => (
        <section key={heading} aria-label={heading}>
          <h2>{heading}</h2>
          <PartsView parts={parts} setting={setting} />
        </section>
      ))}
      <p class="methods-link">
        <a href={withBase("/methods/beside")}>{words.methods}</a>
      </p>
    </>
  );
}

async function fetchBeside(study: string, other: string): Promise<NonNullable<Answer>> {
  const query = new URLSearchParams({ with: other }).toString();
  try {
    const reply = await fetch(withBase(`/api/studies/${encodeURIComponent(study)}/beside?${query}`));
    if (reply.ok) return { beside: (await reply.json()) as Beside };
    return { refused: ((await reply.json()) as { detail: string }).detail };
  } catch {
    return { refused: words.unreachable };
  }
}
