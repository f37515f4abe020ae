import { useEffect } from "preact/hooks";
import type { StudySummary } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { accountApi } from "./account/account-api.ts";
import { studyAddress } from "./address.ts";
import { Failure } from "./failure.tsx";
import { ownerApi } from "./owner-api.ts";
import { FirstStudy, NewStudyButton, NewStudyZone } from "./setup/new-study.tsx";
import { useLoaded } from "./use-loaded.ts";
import { TodaySection } from "./watching/today.tsx";

const EVERY_MS = 10_000;

/** Every study with its state and how far it is; where there is none, how to make one. */
export function StudyList({ signedOut }: { signedOut: () => void }) {
  const { value: studies, refused } = useLoaded(ownerApi.studies, EVERY_MS);
  const { value: session } = useLoaded(accountApi.session, EVERY_MS);
  const mayCreate = session?.rights.includes("edit") ?? false;
  const isSignedOut = refused?.status === 401;
  useEffect(() => {
    document.title = words.tabTitle;
    if (isSignedOut) signedOut();
  }, [isSignedOut, signedOut]);
  return (
    <main class="dashboard">
      <div class="list-heading">
        <h1>{words.studies}</h1>
        {mayCreate && studies !== null && studies.length > 0 && <NewStudyButton studies={studies} />}
      </div>
      {!isSignedOut && <Failure refused={refused} />}
      {studies === null && !refused && <p role="status">{words.loading}</p>}
      {studies?.length === 0 && session && (mayCreate ? <FirstStudy /> : <p>{words.noStudyForYou}</p>)}
      {studies !== null && studies.length > 0 && <TodaySection />}
      {studies !== null && studies.length > 0 && (
        <ul class="studies">
          {studies.map((study) => (
            <StudyRow key={study.name} study={study} />
          ))}
        </ul>
      )}
      {mayCreate && studies !== null && studies.length > 0 && <NewStudyZone studies={studies} />}
    </main>
  );
}

function StudyRow({ study }: { study: StudySummary }) {
  return (
    <li>
      <div class="what">
        <h2>
          <a href={studyAddress(study.name)}>
            <bdi>{study.name}</bdi>
          </a>{" "}
          <StateMark state={study.state} />
        </h2>
        <p>
          <bdi>{study.publicTitle}</bdi>
        </p>
        {study.note && <p class="note">{study.note}</p>}
      </div>
      <div class="how-far">
        <StudyProgress study={study} />
        <p class="quiet">{words.has(study.prompts, study.systems)}</p>
      </div>
    </li>
  );
}

/** A state in its word, marked by a shape beside it. */
export function StateMark({ state }: { state: StudySummary["state"] }) {
  return <span class={`state ${state}`}>{words.states[state]}</span>;
}

/** Judgments of those wanted as a bar with its words, and how many were loaded. */
export function StudyProgress({ study }: { study: StudySummary }) {
  const { judged, wanted, loadedJudgments } = study;
  return (
    <>
      {wanted > 0 && <progress value={judged} max={wanted} aria-label={words.judgedOf(judged, wanted)} />}
      <p>
        {wanted > 0 && words.judgedOf(judged, wanted)}
        {study.state === "closed" && judged < wanted && `, ${words.neverJudged(wanted - judged)}`}
        {wanted === 0 && loadedJudgments === 0 && words.nothingWanted}
        {wanted > 0 && loadedJudgments > 0 && " + "}
        {loadedJudgments > 0 && words.loadedJudgments(loadedJudgments)}
      </p>
    </>
  );
}
