import { useState } from "preact/hooks";
import type { Judge, Judges } from "../../../../server/contract/report-judges.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { useAction } from "../use-action.ts";
import { CallList } from "./call-list.tsx";
import { JudgeFigures } from "./judge-figures.tsx";
import { judgesApi } from "./judges-api.ts";

const text = words.judges.judged;

/**
 * What the verdicts of each model are worth, and then the verdicts. Fetched when it is unfolded: whoever has seen results
 * is marked if they judge, too.
 */
export function JudgedByModels({ study }: { study: string }) {
  const [judges, setJudges] = useState<Judges | null>(null);
  const { working, refused, run } = useAction();
  const fetchAll = () => run(async () => setJudges(await judgesApi.figures(study)));
  const unfold = (event: Event & { currentTarget: HTMLDetailsElement }) => {
    if (event.currentTarget.open && judges === null) fetchAll();
  };
  return (
    <details class="more judged-by-models" onToggle={unfold}>
      <summary>{text.title}</summary>
      <p class="quiet">{text.means}</p>
      {working && <p role="status">{words.loading}</p>}
      <Failure refused={refused} />
      {judges?.judges.length === 0 && <p>{text.none}</p>}
      {judges?.judges.map((judge) => (
        <OneJudge key={`${judge.group} ${judge.annotator}`} study={study} judge={judge} />
      ))}
      {judges !== null && (
        <p>
          <button type="button" disabled={working} onClick={fetchAll}>
            {text.again}
          </button>
        </p>
      )}
    </details>
  );
}

function OneJudge({ study, judge }: { study: string; judge: Judge }) {
  const { annotator, group } = judge;
  return (
    <article class="one-judge">
      <h3>
        <bdi>{annotator}</bdi>{" "}
        <span class="quiet">
          {words.judges.inGroup} <bdi>{group}</bdi>
        </span>
      </h3>
      <JudgeFigures judge={judge} />
      {judge.calls === null ? (
        <p class="quiet">{text.madeElsewhere}</p>
      ) : (
        <CallList study={study} annotator={annotator} group={group} />
      )}
    </article>
  );
}
