import type { JudgeRuns } from "../../../../server/contract/judges.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { useAction } from "../use-action.ts";
import { judgesApi } from "./judges-api.ts";

const text = words.judges;
type Run = JudgeRuns["runs"][number];

/** The runs of a study, the latest first. */
export function RunList({ study, runs, changed }: { study: string; runs: Run[]; changed: () => void }) {
  if (runs.length === 0) return <p class="quiet">{text.noRuns}</p>;
  return (
    <ul class="judge-runs">
      {runs.map((run) => (
        <li key={run.id}>
          <JudgeRunEntry study={study} run={run} changed={changed} />
        </li>
      ))}
    </ul>
  );
}

function JudgeRunEntry({ study, run, changed }: { study: string; run: Run; changed: () => void }) {
  const { working, refused, run: act } = useAction();
  const state = run.ending ?? unendedState(run);
  const stop = () =>
    act(async () => {
      await judgesApi.stop(study, run.id);
      changed();
    });
  return (
    <>
      <p class="run-heading">
        <strong>
          <bdi>{run.annotator}</bdi>
        </strong>
        <span>
          {text.inGroup} <bdi>{run.group}</bdi>
        </span>
        <span class={`state ${run.ending === null ? "open" : ""}`}>{text.states[state]}</span>
        <time class="quiet" dateTime={run.startedAt}>
          {words.time(run.startedAt)}
        </time>
      </p>
      <RunProgress run={run} />
      <Counts run={run} />
      <p>{saidOf(run)}</p>
      {run.isHere && !run.isStopping && (
        <p>
          <button type="button" disabled={working} aria-label={text.stopWhat(run.annotator)} onClick={stop}>
            {text.stop}
          </button>
        </p>
      )}
      <Failure refused={refused} />
    </>
  );
}

function RunProgress({ run: { annotator, progress } }: { run: Run }) {
  if (progress === null) return null;
  const { judged, of, endsAt } = progress;
  return (
    <div class="run-progress">
      <progress value={judged} max={Math.max(1, of)} aria-label={text.bar(annotator)} />
      <p>
        {text.judgedOf(judged, of)}
        {endsAt !== null && `, ${text.until(endsAt)}`}
      </p>
    </div>
  );
}

function Counts({ run }: { run: Run }) {
  const { settings, calls, answered, failures, promptTokens, completionTokens, dollars } = run;
  const parts = [
    text.called(calls, answered),
    text.tokens(promptTokens, completionTokens),
    ...(dollars === null ? [] : [text.spent(dollars)]),
  ];
  return (
    <>
      <p class="quiet">
        <bdi>{text.at(settings.model, new URL(settings.baseUrl).host, settings)}</bdi>
      </p>
      <p class="counts">{parts.join(" · ")}</p>
      {failures.length > 0 && (
        <p class="counts">
          {text.without}: {failures.map(({ kind, count }) => text.failed(kind, count)).join(", ")}
        </p>
      )}
    </>
  );
}

function unendedState({ isBatch, isStopping }: Run): "waiting" | "stopping" | "running" {
  if (isBatch) return "waiting";
  return isStopping ? "stopping" : "running";
}

function saidOf(run: Run): string | null {
  if (run.said !== null) return run.said;
  if (run.ending === "died") return text.diedMeans;
  if (run.ending !== null) return null;
  if (run.isBatch) return text.batchMeans;
  if (!run.isHere) return text.elsewhere;
  return run.isStopping ? text.stoppingMeans : null;
}
