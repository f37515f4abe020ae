import type { StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { LoadEntry } from "./load-entry.tsx";

/** Every load with its report, folded once a study is open and all went well; nothing where there is none. */
export function Loads({ study }: { study: StudyDetail }) {
  if (study.loads.length === 0) return null;
  const list = (
    <ul class="loads">
      {study.loads.map((load) => (
        <LoadEntry key={load.number} study={study.name} load={load} />
      ))}
    </ul>
  );
  if (study.state !== "draft" && study.loads.every(({ state }) => state === "published"))
    return (
      <details>
        <summary>{words.material.allLoaded(study.loads.length)}</summary>
        {list}
      </details>
    );
  return (
    <>
      <h3>{words.material.loads}</h3>
      {list}
    </>
  );
}
